import type { RejectionReason } from '../../../shared/report/import-counts.ts'
import type { Queryable } from '../engine/database.ts'
import { storableText } from '../engine/storable-text.ts'
import { addRejections } from './rejections/rejection-counts.ts'

export type RejectedRow = {
  /** From 1, as in Looker's result. */
  rowNumber: number
  joinKey: string | null
  reason: RejectionReason
  /** What Heap said. */
  text: string | null
}

/** Join keys longer than this are kept cut: they are for a person to recognise the row. */
export const MAX_STORED_KEY = 300

/** A join key as it is kept with a rejected row. */
export function storedKey(joinKey: string): string {
  return storableText(joinKey.slice(0, MAX_STORED_KEY))
}

/** Writes rejected rows, and counts them by reason. The caller has locked their imports. */
export async function insertRejectedRows(
  database: Queryable,
  rows: readonly (RejectedRow & { importId: number })[],
): Promise<void> {
  if (rows.length === 0) return
  await database.query(
    `insert into rejected_rows (import_id, row_number, join_key, reason, text)
     select * from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[])
     on conflict do nothing`,
    [
      rows.map((row) => row.importId),
      rows.map((row) => row.rowNumber),
      rows.map((row) => (row.joinKey === null ? null : storedKey(row.joinKey))),
      rows.map((row) => row.reason),
      rows.map((row) => (row.text === null ? null : storableText(row.text))),
    ],
  )
  await addRejections(database, rows)
}
