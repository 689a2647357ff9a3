import type { Look, LookRow } from '../../sandbox/looker/look.ts'
import { sampleLook } from './sample-look.ts'

/**
 * Each round has an environment of its own: what a killed process had in hand takes up room in its
 * environment until the heartbeat is missed, and the next round is not to wait for that.
 */
export const roundEnvironment = (round: number) => String(1_000 + round)

/** Every so many-th row has this defect; rows of several are taken by the first. */
const SKIPPED_EVERY = 97
const REJECTED_EVERY = 101
const POISONED_EVERY = 701

/** What a row of a round is made for: to be sent, to be refused by us or by Heap, to be skipped. */
type RowFate = 'sent' | 'poisoned' | 'rejected' | 'skipped'

export function fateOf(rowNumber: number): RowFate {
  if (rowNumber % SKIPPED_EVERY === 0) return 'skipped'
  if (rowNumber % REJECTED_EVERY === 0) return 'rejected'
  return rowNumber % POISONED_EVERY === 0 ? 'poisoned' : 'sent'
}

/** The join key of a row: no two rounds share one, so that Heap shows whose rows arrived. */
export function roundKey(round: number, rowNumber: number): string {
  return `r${round}-${rowNumber}@example.com`
}

/** What Heap holds of a row that was delivered. */
export function roundProperties(round: number, rowNumber: number): Record<string, string | number> {
  return { 'Users Plan': `plan ${round}`, 'Orders Ltv': rowNumber * 1.5 - 3 }
}

/** Keys that Heap is to refuse in the rounds up to `rounds`. */
export function poisonedKeys(rounds: number, rows: number): string[] {
  const numbers = Array.from({ length: rows }, (_, index) => index + 1).filter(
    (number) => fateOf(number) === 'poisoned',
  )
  return Array.from({ length: rounds }, (_, round) =>
    numbers.map((number) => roundKey(round + 1, number)),
  ).flat()
}

/**
 * The Look of one round, with rows of every fate.
 *
 * @param onRow told of each row before Looker writes it
 */
export function roundLook(round: number, rowCount: number, onRow: (rowNumber: number) => void): Look {
  let listen: typeof onRow = () => undefined
  function* rows(): Generator<LookRow> {
    for (let number = 1; number <= rowCount; number += 1) {
      listen(number)
      const fate = fateOf(number)
      const key = fate === 'skipped' ? null : fate === 'rejected' ? 'undefined' : roundKey(round, number)
      const properties = roundProperties(round, number)
      yield {
        'users.email': key,
        'users.plan': properties['Users Plan'] ?? null,
        'orders.ltv': properties['Orders Ltv'] ?? null,
      }
    }
  }
  const look = sampleLook({
    id: `round-${round}`,
    rows,
    slow: { firstByteSeconds: 0, pauseMilliseconds: 20 },
    suggestedParams: {
      env_id: roundEnvironment(round),
      property_type: 'user',
      heap_field: 'Users Email',
      max_rejected_percent: '50',
    },
  })
  // Making the Look counts its rows; only Looker's own reading is told of.
  listen = onRow
  return look
}
