import type { Database, Queryable } from '../../engine/database.ts'

/** How long a count is taken for true, with what this process has added since. */
export const COUNT_AGAIN_MS = 30_000

/** Counting takes at most this share of the time, however many kept lines there are. */
const SHARE = 0.01

/** Bytes of all kept lines, as far as this process knows: whoever keeps more adds them. */
export type KeptBytes = { bytes: number }

const counts = new WeakMap<Database, KeptBytes & { until: number }>()

/**
 * How much is kept. All of it is counted now and then only, since this is asked with every outcome that has rejected
 * rows: between two counts what other processes keep, and what is deleted, is not seen.
 */
export async function countKept(transaction: Queryable, database: Database): Promise<KeptBytes> {
  const known = counts.get(database)
  const begin = performance.now()
  if (known && begin < known.until) return known
  const [row] = await transaction.query<KeptBytes>(
    'select coalesce(sum(bytes), 0)::float8 as bytes from kept_lines',
  )
  const end = performance.now()
  const counted = {
    bytes: row?.bytes ?? 0,
    until: end + Math.max(COUNT_AGAIN_MS, (end - begin) / SHARE),
  }
  counts.set(database, counted)
  return counted
}
