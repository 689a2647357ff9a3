import type { ImportCounts } from '../../../shared/report/import-counts.ts'
import type { SyncSettings } from '../../../shared/settings/sync-settings.ts'
import type { HeapDenial } from './heap-denials.ts'
import { DENIAL_OF_IMPORT } from './heap-denials.ts'

export type ImportState = 'reading' | 'sending' | 'finished'

export type NewImport = {
  connectionId: number
  /** `x-looker-instance`. */
  lookerInstance: string | null
  /** Of the URLs that Looker sent along; null: there were none. */
  lookerOrigin?: string | null
  /** What makes deliveries one sync; holds the connection and the instance. */
  syncKey: string
  /** The Look or query; null when Looker names neither. */
  sourceKey: string | null
  /** Where the rows go; null when nothing is sent. */
  targetKey: string | null
  planId: string | null
  title: string | null
  settings: SyncSettings
  /** The import whose rows these are once more. */
  retryOf?: number | null
}

export type ImportRecord = {
  id: number
  connectionId: number
  planId: string | null
  /** The form parameter sync_id. */
  syncId: string | null
  title: string | null
  state: ImportState
  settings: SyncSettings
  counts: ImportCounts
  failure: string | null
  /** As stored: see `readRemarks`. */
  warnings: unknown
  /** What was last said about rows that wait; null when none has failed. */
  lastError: string | null
  /** Heap turns away what still waits. */
  denial: HeapDenial | null
  startedAt: Date
  finishedAt: Date | null
}

/** SQL for the columns of an `ImportRecord`. The counts are one JSON value, as both engines return it alike. */
export const RECORD_COLUMNS = `id, connection_id as "connectionId", plan_id as "planId",
  sync_id as "syncId", title, state, settings,
  failure, warnings, ${DENIAL_OF_IMPORT} as denial, started_at as "startedAt", finished_at as "finishedAt",
  json_build_object('received', received, 'delivered', delivered, 'rejected', rejected, 'skipped', skipped,
    'superseded', superseded, 'unchanged', unchanged) as counts,
  (select last_error from batches where import_id = imports.id and state <> 'done' and last_error is not null
   order by number limit 1) as "lastError"`
