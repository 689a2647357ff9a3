import type { Taken } from './heap.ts'
import type { BenchAnswer } from './looker.ts'

/**
 * Was every row delivered, and Looker told so?
 *
 * @param before what Heap had taken in the environment before the delivery
 * @returns what is wrong; null: nothing
 */
export function checkDelivered(
  { record, taken }: { record: BenchAnswer; taken: Taken },
  before: Taken,
  rows: number,
  isDryRun = false,
): string | null {
  if (record.status !== 'success') return record.message
  const entities = taken.entities - before.entities
  const all = `${rows.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} row`
  if (!record.message.includes(all)) return `Looker was told: ${record.message}`
  if (isDryRun) return entities === 0 ? null : `Heap took ${entities} entities of a dry run`
  if (entities !== rows) return `Heap took ${entities} of ${rows} entities`
  return taken.rows === Math.max(rows, before.rows) ? null : `Heap has ${taken.rows} of ${rows} rows`
}
