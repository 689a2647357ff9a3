import { MAX_JOIN_KEY_CHARACTERS } from '../../../shared/heap-limits.ts'
import type { RejectionReason, RejectionSummary } from '../../../shared/report/import-counts.ts'
import type { Queryable } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'

export type RejectedRow = {
  /** From 1, as in Looker's result. */
  rowNumber: number
  joinKey: string | null
  reason: RejectionReason
  /** What Heap said. */
  text: string | null
}

/**
 * Join keys longer than this, in UTF-16 units, are kept cut: they are for a person to recognise the row. None that Heap
 * can be sent is: what it refused is told by its whole key.
 */
const MAX_STORED_KEY = 2 * MAX_JOIN_KEY_CHARACTERS

/** A join key as it is kept with a rejected row. */
export function storedKey(joinKey: string): string {
  return storableText(joinKey.slice(0, MAX_STORED_KEY))
}

/** Row numbers shown for each reason in a message. */
const FIRST_ROWS = 5

/** Reasons shown apart in a message; Heap may word its refusals in any number of ways. */
const MAX_REASONS = 20

/** Keeps rejected rows, each once, and how many there are by reason. */
export async function insertRejectedRows(
  database: Queryable,
  rows: readonly (RejectedRow & { importId: number })[],
): Promise<void> {
  if (rows.length === 0) return
  await database.query(
    `with added as (
       insert into rejected_rows (import_id, row_number, join_key, reason, text)
       select * from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[])
       on conflict do nothing returning import_id, row_number, reason, text
     )
     insert into rejection_counts as kept (import_id, reason, text_hash, text, count, first_rows)
     select import_id, reason, md5(coalesce(text, '')), min(text), count(*),
       (array_agg(row_number order by row_number))[1:${FIRST_ROWS}]
     from added group by import_id, reason, md5(coalesce(text, ''))
     on conflict (import_id, reason, text_hash) do update set count = kept.count + excluded.count,
       first_rows = array(
         select row_number from unnest(kept.first_rows || excluded.first_rows) as row_number
         order by row_number limit ${FIRST_ROWS}
       )`,
    [
      rows.map((row) => row.importId),
      rows.map((row) => row.rowNumber),
      rows.map((row) => (row.joinKey === null ? null : storedKey(row.joinKey))),
      rows.map((row) => row.reason),
      rows.map((row) => (row.text === null ? null : storableText(row.text))),
    ],
  )
}

/** The rejected rows of an import by reason, most frequent first. */
export async function summarizeRejectedRows(
  database: Queryable,
  importId: number,
): Promise<RejectionSummary[]> {
  return database.query<RejectionSummary>(
    `select reason, text, count, first_rows as rows from rejection_counts
     where import_id = $1 order by count desc, reason, text limit ${MAX_REASONS}`,
    [importId],
  )
}

/**
 * Deletes the rejected rows of imports that ended so many days ago. How many there were by reason is kept as long as
 * the imports, without the words of Heap: they may quote a value.
 */
export async function deleteRejectedRows(database: Queryable, days: number): Promise<void> {
  await database.query(
    `with old as (
       select id from imports where state = 'finished' and finished_at < now() - make_interval(days => $1)
         and exists (select from rejected_rows where import_id = imports.id)
     ),
     forgotten as (
       delete from rejection_counts using old where import_id = old.id
       returning import_id, reason, count, first_rows
     ),
     rows_gone as (delete from rejected_rows using old where import_id = old.id)
     insert into rejection_counts (import_id, reason, text_hash, text, count, first_rows)
     select import_id, reason, 'forgotten', null, sum(count),
       (array_agg(row_number order by row_number))[1:${FIRST_ROWS}]
     from (select import_id, reason, case when place = 1 then count else 0 end as count, row_number
       from forgotten, unnest(first_rows) with ordinality as numbers (row_number, place)) as numbered
     group by import_id, reason`,
    [days],
  )
}
