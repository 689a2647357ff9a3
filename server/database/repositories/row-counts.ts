import type { Transaction } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'
import { syncsOfEnded } from './sync-state.ts'

/** Rows of an import whose fate has just been decided. */
type DecidedRows = {
  importId: number
  delivered: number
  rejected: number
  superseded: number
  /** What a request to Heap ended with that will be made again; null or missing: none failed. */
  error?: string | null
}

/**
 * Adds decided rows to the counts of their imports, whose rows the caller has locked. An import whose last row
 * is decided is finished, its batches are gone, as nobody asks for them any more, and its sync is brought up to date.
 *
 * @returns ids of the imports that are finished by it
 */
export async function addDecidedRows(
  transaction: Transaction,
  decided: readonly DecidedRows[],
): Promise<number[]> {
  if (decided.length === 0) return []
  const sums = [...Map.groupBy(decided, (entry) => entry.importId)].map(([importId, entries]) => ({
    importId,
    delivered: entries.reduce((sum, entry) => sum + entry.delivered, 0),
    rejected: entries.reduce((sum, entry) => sum + entry.rejected, 0),
    superseded: entries.reduce((sum, entry) => sum + entry.superseded, 0),
    errors: entries.flatMap(({ error }) => error ?? []),
  }))
  const rows = await transaction.query<{ id: number; finished: boolean }>(
    `with counted as (
       select id, delivered + plus_delivered as delivered, rejected + plus_rejected as rejected,
         superseded + plus_superseded as superseded, retries + plus_retries as retries,
         coalesce(error, last_error) as last_error,
         state <> 'reading' and received = delivered + plus_delivered + rejected + plus_rejected + skipped
           + superseded + plus_superseded + unchanged as finished
       from imports join unnest($1::int[], $2::int[], $3::int[], $4::int[], $5::int[], $6::text[])
         as plus (import_id, plus_delivered, plus_rejected, plus_superseded, plus_retries, error) on id = import_id
     )
     update imports set delivered = counted.delivered, rejected = counted.rejected,
       superseded = counted.superseded, retries = counted.retries, last_error = counted.last_error,
       state = case when counted.finished then 'finished' else state end,
       finished_at = case when counted.finished then now() else finished_at end
     from counted where imports.id = counted.id
     returning imports.id, counted.finished`,
    [
      sums.map((sum) => sum.importId),
      sums.map((sum) => sum.delivered),
      sums.map((sum) => sum.rejected),
      sums.map((sum) => sum.superseded),
      sums.map((sum) => sum.errors.length),
      sums.map((sum) => storableOrNull(sum.errors.at(-1) ?? null)),
    ],
  )
  const finished = rows.filter((row) => row.finished).map((row) => row.id)
  if (finished.length > 0) {
    await transaction.query(
      `with ended as (select id, sync, ended, finished_at, settings, retry_of from imports where id = any($1::int[])),
         dropped as (delete from batches where import_id = any($1::int[])),
         ${syncsOfEnded('ended')}
       select 1`,
      [finished],
    )
  }
  return finished
}

function storableOrNull(text: string | null): string | null {
  return text === null ? null : storableText(text)
}
