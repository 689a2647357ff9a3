import type { ImportSummary } from '../../shared/api/import-summary.ts'
import { pendingRows } from '../../shared/report/import-counts.ts'
import type { ImportSummaryRecord } from '../database/repositories/import-summary-record.ts'

/** An import as lists show it. */
export function toImportSummary(record: ImportSummaryRecord): ImportSummary {
  const { id, state, dryRun, testRows, counts, isHeld } = record
  return {
    id,
    state: isHeld ? 'held' : state,
    success: successOf(record),
    dryRun,
    testRows,
    startedAt: record.startedAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    counts,
    pending: pendingRows(counts),
  }
}

/** Null while it is not known. A failure to read is one, whatever becomes of the rows that had come. */
function successOf({ ended, hasFailure }: Pick<ImportSummaryRecord, 'ended' | 'hasFailure'>): boolean | null {
  if (ended !== null) return ended !== 'failed'
  return hasFailure ? false : null
}
