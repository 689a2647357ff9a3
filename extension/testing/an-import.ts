import type { ImportView } from '../../shared/api/import-view.ts'

/** An import of 60 rows that all arrived. */
export function anImport(change: Partial<ImportView> = {}): ImportView {
  return {
    id: 1,
    planId: '100',
    title: null,
    environmentId: '11',
    propertyType: 'user',
    dryRun: false,
    state: 'finished',
    counts: { received: 60, delivered: 60, rejected: 0, skipped: 0, superseded: 0 },
    pending: 0,
    rejections: [],
    remarks: [],
    denial: null,
    success: true,
    message: '',
    startedAt: '2026-03-01T09:00:00Z',
    finishedAt: '2026-03-01T09:00:10Z',
    ...change,
  }
}
