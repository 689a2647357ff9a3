export type Counts = {
  received: number
  delivered: number
  rejected: number
  skipped: number
  superseded: number
}
export type ImportSummary = {
  id: number
  state: 'reading' | 'sending' | 'held' | 'finished'
  success: boolean | null
  dryRun: boolean
  startedAt: string
  finishedAt: string | null
  counts: Counts
  pending: number
}
export type SyncHealth = {
  ref: string
  title: string | null
  environmentId: string
  propertyType: 'user' | 'account'
  state: 'new' | 'running' | 'well' | 'rejected_rows' | 'failing' | 'late' | 'held' | 'waiting'
  stateSince: string
  lastImport: ImportSummary | null
  lastSuccessAt: string | null
  usualRows: number | null
  due: { at: string; by: 'schedule' | 'rhythm'; late: boolean } | null
  recent: ImportSummary[]
}
export type ImportStage = {
  name: 'waiting' | 'reading' | 'sending'
  startedAt: string
  endedAt: string | null
  rows: number
  rowsPerSecond: number | null
}
export type ImportDetail = ImportSummary & {
  sync: string
  title: string | null
  environmentId: string
  propertyType: 'user' | 'account'
  matchBy: string
  stage: 'waiting_for_looker' | 'reading' | 'sending' | 'waiting_for_heap' | 'held' | 'finished'
  stages: ImportStage[]
  secondsLeft: number | null
  rejections: { reason: string; text: string | null; count: number; rows: number[] }[]
  remarks: { kind: 'note' | 'warning'; code: string; text: string; count?: number }[]
  properties:
    | { name: string; values: number; texts: number; numbers: number; booleans: number; others: number }[]
    | null
  answer: { success: boolean; message: string; at: string } | null
  message: string
  heap: { retries: number; lastError: string | null; nextTryAt: string | null; denial: string | null }
  retryOf: number | null
  retriedAs: number[]
  canRetry: boolean
  canCancel: boolean
  canRelease: boolean
  heldBecause: string | null
}
