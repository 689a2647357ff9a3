import type { ImportSummary } from '../../shared/api/import-summary.ts'

/** A run of 60 rows that all arrived. */
export function aRun({
  counts,
  ...change
}: Partial<Omit<ImportSummary, 'counts'>> & {
  counts?: Partial<ImportSummary['counts']>
} = {}): ImportSummary {
  return {
    id: 1,
    state: 'finished',
    success: true,
    dryRun: false,
    testRows: null,
    startedAt: '2026-03-01T09:00:00Z',
    finishedAt: '2026-03-01T09:00:10Z',
    counts: { received: 60, delivered: 60, rejected: 0, skipped: 0, superseded: 0, unchanged: 0, ...counts },
    pending: 0,
    ...change,
  }
}
