import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { aRun } from './a-run.ts'

/** An import of 60 rows that all arrived. */
export function anImport(change: Partial<ImportDetail> = {}): ImportDetail {
  return {
    ...aRun(),
    sync: 'sync-41',
    title: null,
    environmentId: '11',
    propertyType: 'user',
    matchBy: 'identity',
    stage: 'finished',
    stages: [],
    secondsLeft: null,
    rejections: [],
    remarks: [],
    properties: [],
    answer: null,
    success: true,
    message: '',
    heap: { retries: 0, lastError: null, nextTryAt: null, denial: null },
    retryOf: null,
    retriedAs: [],
    canRetry: false,
    canCancel: false,
    canRelease: false,
    heldBecause: null,
    comparison: null,
    test: null,
    ...change,
  }
}
