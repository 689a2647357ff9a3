import { formatCount } from '../../../shared/text/text-list.ts'
import type { DeliveryRecord } from '../delivering/delivery-record.ts'
import type { Look } from '../look.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'

/** Older ones are left out of the page. */
const MOST = 20

const STATUS_LABELS = {
  running: 'Running',
  success: 'Success',
  failure: 'Failure',
  skipped: 'Not sent',
} as const

const TRIGGER_LABELS = {
  send: 'sent by hand',
  schedule: 'on schedule',
  datagroup: 'triggered by a datagroup',
  'run once': 'run once',
} as const

const STEP_LABELS = {
  listing: 'asking for the listing',
  form: 'asking for the form',
  execute: 'the action is importing',
  done: '',
} as const

/** Looker's scheduler history, newest first. */
export function renderDeliveries(records: readonly DeliveryRecord[], looks: readonly Look[]): Html {
  if (records.length === 0) {
    return html`<p class="empty">Nothing has been sent yet. Choose a Look and send it.</p>`
  }
  const items = records.slice(0, MOST).map((record) => renderDelivery(record, looks))
  return html`<ol class="deliveries">${items}</ol>`
}

function renderDelivery(record: DeliveryRecord, looks: readonly Look[]): Html {
  const { id, status, step, planId, mode, format, formParams } = record
  const target = formParams.property_type === 'account' ? 'accounts' : 'users'
  const details = [
    `plan ${planId}${record.planName === null ? '' : ` “${record.planName}”`}`,
    TRIGGER_LABELS[record.trigger],
    `${target} of environment ${formParams.env_id ?? '?'}`,
    mode === 'url' ? format : `${format}, pushed`,
    `${formatCount(record.rowsSent)} rows sent`,
    showDuration(record),
  ]
  const repeat =
    status === 'running'
      ? null
      : html`<form method="post" action="/deliveries/${id}/repeat"><button class="small">Send again</button></form>`
  return html`<li class="delivery ${status}" data-delivery="${id}" data-status="${status}">
<div class="line"><span class="badge">${STATUS_LABELS[status]}</span>
<strong>${record.lookTitle}</strong>${repeat}</div>
${status === 'running' ? renderProgress(record, looks, STEP_LABELS[step]) : html`<p class="message">${record.message || 'No message.'}</p>`}
<p class="quiet">${details.join(' · ')}</p></li>`
}

function renderProgress(record: DeliveryRecord, looks: readonly Look[], step: string): Html {
  const rows = looks.find(({ id }) => id === record.lookId)?.rowCount ?? 0
  const label = `Rows of delivery ${record.id} sent`
  return html`<div class="line"><progress max="${Math.max(rows, 1)}" value="${record.rowsSent}" aria-label="${label}"></progress>
<span class="quiet">${step}</span></div>`
}

function showDuration({ startedAt, finishedAt }: DeliveryRecord): string {
  const seconds = (Date.parse(finishedAt ?? new Date().toISOString()) - Date.parse(startedAt)) / 1000
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`
}
