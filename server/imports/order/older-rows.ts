import type { WaitingBatch } from '../../database/repositories/order-repository.ts'
import type { Entity } from '../../heap/entity-line.ts'

/** A row of an older import that Heap has not decided. */
export type OlderRow = {
  batch: WaitingBatch
  /** Its place in the batch. */
  index: number
  names: readonly string[]
  /** Another undecided row with the same key. */
  next: OlderRow | undefined
}

export type OlderRows = ReturnType<typeof createOlderRows>

/** Undecided rows of older imports by their key. */
export function createOlderRows() {
  const byKey = new Map<string, OlderRow>()
  // Rows of a Look have few different sets of names, which are kept once each.
  const knownNames = new Map<string, readonly string[]>()
  let size = 0

  function known(names: readonly string[]): readonly string[] {
    const text = JSON.stringify(names)
    const found = knownNames.get(text)
    if (found) return found
    knownNames.set(text, names)
    return names
  }

  return {
    size: () => size,
    add(batch: WaitingBatch, entities: readonly Entity[]): void {
      for (const [index, { key, names }] of entities.entries()) {
        byKey.set(key, { batch, index, names: known(names), next: byKey.get(key) })
      }
      size += entities.length
    },
    /** The rows with this key, linked by `next`. */
    withKey: (key: string): OlderRow | undefined => byKey.get(key),
  }
}

/** Does a row with these properties say a newer value of every property of the older one? */
export function carries(names: readonly string[], older: readonly string[]): boolean {
  if (older.length > names.length) return false
  if (older.every((name, index) => names[index] === name)) return true
  const all = new Set(names)
  return older.every((name) => all.has(name))
}
