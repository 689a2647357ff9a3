import { expect } from 'vitest'
import type { SeenRequest } from '../../sandbox/heap/heap-api.ts'
import type { Due } from './check-import.ts'
import type { ImportRow } from './import-row.ts'

export type StoredRequest = SeenRequest & { isTold: boolean }

/** An import with what is known of its rows; the column `Users Delivery` of its rows holds its title. */
export type CheckedImport = { row: ImportRow; due: readonly Due[] }

type Held = (key: string) => Readonly<Record<string, unknown>> | undefined

/**
 * What is promised of the deliveries of one sync, whatever happened to them: every key that was ever accepted
 * stands in Heap with its newest accepted value of every property, or is rejected by name. Heap gets no older
 * row of a key after a newer one, and nothing but what was due.
 *
 * @param requests that Heap has stored, in their order
 * @param held what Heap has at the end, by join key
 */
export function checkHeap(
  deliveries: readonly CheckedImport[],
  requests: readonly StoredRequest[],
  held: Held,
): void {
  const newestFirst = deliveries.toSorted((a, b) => b.row.id - a.row.id)
  checkOrder(newestFirst, requests)
  for (const { row, due } of deliveries) {
    const own = requests.filter((request) => deliveryOf(request) === row.title)
    const told = keysIn(own.filter(({ isTold }) => isTold))
    expect(told.size).toBeGreaterThanOrEqual(row.delivered)
    // Nothing but what was due has come, and nothing that is called rejected was said to be taken.
    const dueKeys = new Set(due.map(({ key }) => key))
    expect([...keysIn(own)].filter((key) => !dueKeys.has(key))).toEqual([])
    expect(due.filter(({ key, isRejected }) => isRejected && told.has(key))).toEqual([])
  }
  for (const key of new Set(deliveries.flatMap(({ due }) => due.map((entry) => entry.key)))) {
    checkKey(key, newestFirst, held)
  }
}

function checkOrder(newestFirst: readonly CheckedImport[], requests: readonly StoredRequest[]): void {
  const idOf = new Map(newestFirst.map(({ row }) => [row.title, row.id]))
  const newestOf = new Map<string, number>()
  for (const request of requests) {
    const id = idOf.get(deliveryOf(request)) ?? 0
    for (const { key } of request.entities) {
      expect(id, `an older row of ${key} after a newer one`).toBeGreaterThanOrEqual(newestOf.get(key) ?? 0)
      newestOf.set(key, id)
    }
  }
}

/** A rejected row may have left something in Heap or not, so nothing is known of its properties and older ones. */
function checkKey(key: string, newestFirst: readonly CheckedImport[], held: Held): void {
  const known = new Set<string>()
  for (const { row, due } of newestFirst) {
    const entry = due.find((candidate) => candidate.key === key)
    if (!entry) continue
    if (entry.isRejected) return
    for (const [name, value] of Object.entries({ ...entry.properties, 'Users Delivery': row.title })) {
      if (known.has(name)) continue
      known.add(name)
      expect(held(key)?.[name], `${name} of ${key}`).toEqual(value)
    }
  }
}

function deliveryOf({ entities }: StoredRequest): string {
  return String(entities[0]?.properties.get('Users Delivery'))
}

function keysIn(requests: readonly StoredRequest[]): Set<string> {
  return new Set(requests.flatMap(({ entities }) => entities.map(({ key }) => key)))
}
