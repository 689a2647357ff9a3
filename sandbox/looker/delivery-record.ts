import type { Look } from './look.ts'
import type { ResultFormat } from './result-head.ts'

export type DownloadMode = 'url' | 'push'

/** What Looker's scheduler history shows of a delivery. */
export type DeliveryRecord = {
  id: number
  /** Repeated deliveries of one schedule have one plan id; every Send has a plan of its own. */
  planId: string
  lookId: string
  lookTitle: string
  mode: DownloadMode
  format: ResultFormat
  formParams: Record<string, string>
  status: 'running' | 'success' | 'failure'
  step: 'listing' | 'form' | 'execute' | 'done'
  /** What the analyst is told; in Looker itself only failures are shown, by mail. */
  message: string
  startedAt: string
  finishedAt: string | null
  /** Rows that were written to the action so far. */
  rowsSent: number
  /** How often the action asked for the download URL. */
  downloads: number
  /** Pieces of white space that came before the answer. */
  keepAlives: number
}

export type NewDelivery = Pick<DeliveryRecord, 'id' | 'planId' | 'mode' | 'format' | 'formParams'>

export function startRecord(look: Look, delivery: NewDelivery): DeliveryRecord {
  return {
    ...delivery,
    lookId: look.id,
    lookTitle: look.title,
    status: 'running',
    step: 'listing',
    message: '',
    startedAt: new Date().toISOString(),
    finishedAt: null,
    rowsSent: 0,
    downloads: 0,
    keepAlives: 0,
  }
}
