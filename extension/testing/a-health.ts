import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { aRun } from './a-run.ts'

/** A sync whose last run was well. */
export function aHealth(change: Partial<SyncHealth> = {}): SyncHealth {
  return {
    ref: 'sync-41',
    title: null,
    environmentId: '11',
    propertyType: 'user',
    state: 'well',
    stateSince: '2026-03-01T09:00:10Z',
    lastImport: aRun(),
    lastSuccessAt: '2026-03-01T09:00:10Z',
    usualRows: 60,
    holds: false,
    due: null,
    recent: [aRun()],
    ...change,
  }
}
