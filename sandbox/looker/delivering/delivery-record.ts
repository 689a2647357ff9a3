import type { ResultFormat } from './result-head.ts'

export type DownloadMode = 'url' | 'push'

/** What made Looker deliver: somebody's Send, a clock, a datagroup, or a plan's Run Once. */
export type DeliveryTrigger = 'send' | 'schedule' | 'datagroup' | 'run once'

/** What Looker's scheduler history shows of a delivery. */
export type DeliveryRecord = {
  id: number
  /** Repeated deliveries of one schedule have one plan id; every Send has a plan of its own. */
  planId: string
  /** Null for a Send. */
  planName: string | null
  trigger: DeliveryTrigger
  lookId: string
  lookTitle: string
  mode: DownloadMode
  format: ResultFormat
  formParams: Record<string, string>
  /** Skipped: a gate of the plan was closed, so nothing was sent. */
  status: 'running' | 'success' | 'failure' | 'skipped'
  step: 'listing' | 'form' | 'execute' | 'done'
  /** What the analyst is told; in Looker itself only failures are shown, by mail. */
  message: string
  startedAt: string
  finishedAt: string | null
  /** Rows that were written to the action so far. */
  rowsSent: number
  /** How often the action asked for the download URL. */
  downloads: number
  /** Characters of white space that came before the answer; the action sends one at a time. */
  keepAlives: number
}

export type NewDelivery = Pick<
  DeliveryRecord,
  'id' | 'planId' | 'planName' | 'trigger' | 'mode' | 'format' | 'formParams' | 'lookId' | 'lookTitle'
>

export function startRecord(delivery: NewDelivery): DeliveryRecord {
  return {
    ...delivery,
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

export function finishRecord(
  record: DeliveryRecord,
  { status, message }: { status: 'success' | 'failure' | 'skipped'; message: string },
): void {
  record.status = status
  record.message = message
  record.step = 'done'
  record.finishedAt = new Date().toISOString()
}

/** As the stand-in writes two formats only, any other is told apart here. */
export function isWritable(format: string): format is ResultFormat {
  return format === 'json_detail_lite_stream' || format === 'json_detail'
}
