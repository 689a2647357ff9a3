import type { RejectionReason } from '../../shared/report/import-counts.ts'
import { rejectionText } from '../../shared/report/import-counts.ts'
import type { RejectedRow } from '../database/repositories/rejected-rows.ts'
import type { RejectedRowPages } from '../database/repositories/rejections/rejected-row-pages.ts'

/** Rows that are read from the database at once. */
const PAGE = 1_000

/** A rejected row with its reason in words. */
export type ExplainedRow = RejectedRow & { meaning: string }

/** All rejected rows of an import by their number, read from the database as fast as they are taken. */
export async function* allRejectedRows(
  pages: RejectedRowPages,
  importId: number,
  reason: RejectionReason | undefined,
): AsyncGenerator<ExplainedRow> {
  for (let after = 0; ; ) {
    const rows = await pages.page({ importId, reason, after, most: PAGE })
    yield* rows.map((row) => ({ ...row, meaning: rejectionText(row.reason, 1) }))
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = last.rowNumber
  }
}
