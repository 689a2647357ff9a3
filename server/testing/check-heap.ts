import { expect } from 'vitest'
import type { SeenRequest } from '../../sandbox/heap/heap-api.ts'
import type { CheckedImport, Due } from './check-import.ts'

export type StoredRequest = SeenRequest & { isTold: boolean }

/** A delivery with what is known of it; the column `Users Delivery` of its rows holds the import's title. */
export type CheckedDelivery = { row: CheckedImport; due: readonly Due[] }

/**
 * Heap has exactly what was delivered, and never got an older value after a newer one.
 *
 * @param requests that Heap has stored, in their order
 * @param held what Heap has at the end, by join key
 */
export function checkHeap(
  deliveries: readonly CheckedDelivery[],
  requests: readonly StoredRequest[],
  held: (key: string) => Readonly<Record<string, unknown>> | undefined,
): void {
  const idOf = new Map(deliveries.map(({ row }) => [row.title, row.id]))
  const order = requests.map((request) => idOf.get(deliveryOf(request)) ?? 0)
  expect(order).toEqual(order.toSorted((a, b) => a - b))

  const newestId = Math.max(...idOf.values())
  for (const { row, due } of deliveries) {
    const own = requests.filter((request) => deliveryOf(request) === row.title)
    const told = keysIn(own.filter(({ isTold }) => isTold))
    expect(told.size).toBeGreaterThanOrEqual(row.delivered)
    // Nothing but what was due has come, and nothing that is called rejected was said to be taken.
    const dueKeys = new Set(due.map(({ key }) => key))
    expect([...keysIn(own)].filter((key) => !dueKeys.has(key))).toEqual([])
    expect(due.filter(({ key, isRejected }) => isRejected && told.has(key))).toEqual([])
    if (row.id !== newestId) continue
    expect(row.superseded).toBe(0)
    for (const { key, properties, isRejected } of due) {
      if (!isRejected) expect(held(key)).toMatchObject({ ...properties, 'Users Delivery': row.title })
    }
  }
}

function deliveryOf({ entities }: StoredRequest): string {
  return String(entities[0]?.properties.get('Users Delivery'))
}

function keysIn(requests: readonly StoredRequest[]): Set<string> {
  return new Set(requests.flatMap(({ entities }) => entities.map(({ key }) => key)))
}
