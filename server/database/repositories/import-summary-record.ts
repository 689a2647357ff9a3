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

/** SQL for the columns of an `ImportSummaryRecord`. */
export const SUMMARY_COLUMNS = `imports.id, imports.state, imports.ended, failure is not null as "hasFailure",
  held_because is not null and imports.state <> 'finished' as "isHeld",
  coalesce(settings ->> 'dryRun' = 'true', false) as "dryRun",
  (settings ->> 'testRows')::int as "testRows", retry_of as "retryOf",
  ${DENIAL_OF_IMPORT} as denial, started_at as "startedAt", finished_at as "finishedAt",
  json_build_object('received', received, 'delivered', delivered, 'rejected', rejected, 'skipped', skipped,
    'superseded', superseded, 'unchanged', unchanged) as counts`
