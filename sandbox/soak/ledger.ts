import type { SeenRequest } from '../heap/heap-api.ts'
import { rowOf } from './syncs.ts'

export type Ledger = ReturnType<typeof createLedger>

/** What Heap has taken of each delivery, one bit a row, and which delivery of a row came after which. */
export function createLedger() {
  const taken = new Map<string, { rows: Uint8Array; count: number }>()
  /** By sync: the delivery that each row was last taken of. */
  const last = new Map<string, Map<number, string>>()
  const followed = new Map<string, Map<string, Set<string>>>()

  return {
    open(delivery: string, rows: number): void {
      taken.set(delivery, { rows: new Uint8Array(Math.ceil((rows + 1) / 8)), count: 0 })
    },
    /** Called for every request that is stored; entities of one request are of one delivery. */
    onStored({ entities }: SeenRequest): void {
      const delivery = String(entities[0]?.properties.get('Delivery'))
      const sync = delivery.slice(0, delivery.indexOf(' '))
      const entry = taken.get(delivery)
      if (!entry) return
      const rows = last.get(sync) ?? new Map<number, string>()
      last.set(sync, rows)
      for (const { key } of entities) {
        const row = rowOf(key)
        const earlier = rows.get(row)
        if (earlier !== undefined && earlier !== delivery) follow(sync, earlier, delivery)
        rows.set(row, delivery)
        const bit = 1 << (row % 8)
        const before = entry.rows[row >> 3] ?? 0
        if ((before & bit) === 0) entry.count += 1
        entry.rows[row >> 3] = before | bit
      }
    },
    /** Different rows of a delivery that Heap has taken. */
    count: (delivery: string) => taken.get(delivery)?.count ?? 0,
    /** For every delivery of a sync: those that a row of it was followed by. */
    followed: (sync: string): ReadonlyMap<string, ReadonlySet<string>> => followed.get(sync) ?? new Map(),
  }

  function follow(sync: string, earlier: string, later: string): void {
    const ofSync = followed.get(sync) ?? new Map<string, Set<string>>()
    followed.set(sync, ofSync.set(earlier, (ofSync.get(earlier) ?? new Set()).add(later)))
  }
}
