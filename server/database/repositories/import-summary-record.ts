import type { ImportCounts } from '../../../shared/report/import-counts.ts'
import type { HeapDenial } from './heap-denials.ts'
import { DENIAL_OF_IMPORT } from './heap-denials.ts'
import type { ImportState } from './import-record.ts'

/** So many are shown beside a sync. */
export const RECENT_IMPORTS = 10

/** How an import has ended; null: it has not. */
export type ImportEnd = 'success' | 'rejected_rows' | 'failed' | null

/** What a list shows of an import. */
export type ImportSummaryRecord = {
  id: number
  state: ImportState
  ended: ImportEnd
  /** Its rows were not read to their end, or it has otherwise failed already. */
  hasFailure: boolean
  isHeld: boolean
  dryRun: boolean
  /** Null: it is no test. */
  testRows: number | null
  retryOf: number | null
  counts: ImportCounts
  denial: HeapDenial | null
  startedAt: Date
  finishedAt: Date | null
}

const COUNTED = [
  'received',
  'delivered',
  'rejected',
  'skipped',
  'superseded',
  'unchanged',
] as const satisfies readonly (keyof ImportCounts)[]

/** What the columns are read as. */
export type SummaryRow = Omit<ImportSummaryRecord, 'counts'> & Record<(typeof COUNTED)[number], number>

/**
 * SQL for the columns of a `SummaryRow`. The counts are columns: to make one JSON value of them took the database
 * longer than all else, where a list shows a thousand imports.
 */
export const SUMMARY_COLUMNS = `imports.id, imports.state, imports.ended, failure is not null as "hasFailure",
  held_because is not null and imports.state <> 'finished' as "isHeld",
  coalesce(settings ->> 'dryRun' = 'true', false) as "dryRun",
  (settings ->> 'testRows')::int as "testRows", retry_of as "retryOf",
  ${DENIAL_OF_IMPORT} as denial, started_at as "startedAt", finished_at as "finishedAt",
  ${COUNTED.map((name) => `imports.${name}`).join(', ')}`

/** The record of a row; what else is selected stays in it. */
export function toSummaryRecord<R extends SummaryRow>({
  received,
  delivered,
  rejected,
  skipped,
  superseded,
  unchanged,
  ...rest
}: R) {
  return {
    ...rest,
    counts: { received, delivered, rejected, skipped, superseded, unchanged } satisfies ImportCounts,
  }
}
