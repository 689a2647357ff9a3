import type { SeenRequest } from '../heap/heap-api.ts'
import { rowOf } from './syncs.ts'

export type Ledger = ReturnType<typeof createLedger>

/** What Heap has taken of each delivery, and in which order deliveries came: one bit a row. */
export function createLedger() {
  const taken = new Map<string, { rows: Uint8Array; count: number }>()
  const order = new Map<string, string[]>()

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
      const sequence = order.get(sync) ?? []
      if (sequence.at(-1) !== delivery) sequence.push(delivery)
      order.set(sync, sequence)
      for (const { key } of entities) {
        const row = rowOf(key)
        const bit = 1 << (row % 8)
        const before = entry.rows[row >> 3] ?? 0
        if ((before & bit) === 0) entry.count += 1
        entry.rows[row >> 3] = before | bit
      }
    },
    /** Different rows of a delivery that Heap has taken. */
    count: (delivery: string) => taken.get(delivery)?.count ?? 0,
    /** Deliveries of a sync in the order in which Heap got their requests. */
    order: (sync: string): readonly string[] => order.get(sync) ?? [],
  }
}
