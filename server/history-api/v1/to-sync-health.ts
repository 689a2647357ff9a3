import type { SyncHealth } from '../../../shared/api/sync-health.ts'
import { dueOf } from '../../../shared/syncs/due.ts'
import { syncState } from '../../../shared/syncs/sync-state.ts'
import { usualRows } from '../../../shared/syncs/usual-rows.ts'
import type { ImportSummaryRecord } from '../../database/repositories/import-summary-record.ts'
import { RECENT_IMPORTS } from '../../database/repositories/import-summary-record.ts'
import type { SyncRecord } from '../../database/repositories/sync-repository.ts'
import { toImportSummary } from '../../history/to-import-summary.ts'

/**
 * How a sync is.
 *
 * @param ref as the caller has named it
 * @param imports its newest ones and those that are open, newest first
 */
export function toSyncHealth(
  ref: string,
  sync: SyncRecord,
  imports: readonly ImportSummaryRecord[],
  now: Date,
): SyncHealth {
  const recent = imports.slice(0, RECENT_IMPORTS)
  // What somebody has sent once more, tests or checks says nothing of when Looker delivers.
  const starts = recent
    .filter(
      ({ retryOf, testRows, dryRun }) =>
        retryOf === null && testRows === null && !(dryRun && sync.ended !== null),
    )
    .map(({ startedAt }) => startedAt)
  const { schedule, toldAt } = sync
  const times = schedule !== null && 'crontab' in schedule ? schedule : null
  const due = dueOf({ starts, schedule: times && { times, toldAt: toldAt ?? sync.createdAt }, now })
  const { state, since } = syncState({
    ended: sync.ended && { state: sync.ended, since: sync.stateSince ?? sync.createdAt },
    open: imports
      .filter((entry) => entry.state !== 'finished')
      .map(({ startedAt, isHeld, denial }) => ({
        startedAt,
        isHeld,
        deniedSince: denial && new Date(denial.since),
      })),
    lateSince: due?.late ? due.at : null,
    knownSince: sync.createdAt,
  })
  const summaries = recent.map(toImportSummary)
  return {
    ref,
    title: sync.title,
    environmentId: sync.environmentId,
    propertyType: sync.propertyType,
    state,
    stateSince: since.toISOString(),
    lastImport: summaries[0] ?? null,
    lastSuccessAt: sync.lastSuccessAt?.toISOString() ?? null,
    usualRows: usualRows(sync.wholeRows),
    due: due && { ...due, at: due.at.toISOString() },
    recent: summaries,
  }
}
