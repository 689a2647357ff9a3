import { createHash, randomUUID } from 'node:crypto'
import { HELD_DAYS } from '../../shared/report/import-message.ts'
import { shorten } from '../../shared/text/shorten.ts'
import { countOf } from '../../shared/text/text-list.ts'
import type { AlertRecord } from '../database/repositories/alert-repository.ts'

/** What is told of a change of state. No cell value, join key or `sync_id` is in it. */
export type AlertMessage = {
  /** By it a receiver knows an alert that comes twice. */
  id: string
  type: `sync.${AlertRecord['kind']}` | 'test'
  /** When the state changed; ISO time. */
  timestamp: string
  data: {
    /** Null: of a test of the server's receivers, or of a sync that has not delivered. */
    sync: { number: number; title: string | null; environmentId: string } | null
    /** One sentence or a few. */
    text: string
    since: string
    whatToDo: string
    importId: number | null
    /** Where the extension shows it; null: the Looker is not known. */
    link: string | null
  }
}

/** The name of the LookML project and the extension in it, as the manifest has them. */
const EXTENSION = 'heap_data_import::heap_data_import'

/** The title of a Look is the analyst's own text. */
const TITLE_CHARACTERS = 100

const TEXTS: Record<AlertRecord['kind'], (name: string, alert: AlertRecord) => string> = {
  failing: failingText,
  recovered: recoveredText,
  late: lateText,
  held: heldText,
}

const WHAT_TO_DO: Record<AlertRecord['kind'], string> = {
  failing:
    'Open the import in Looker: it says which rows did not arrive, why, and what to change. Then send the Look again.',
  recovered: 'Nothing is left to do.',
  held: `Open the import in Looker, look at what is unusual, and release or discard it. After ${HELD_DAYS} days it is discarded.`,
  late: 'Look in Looker whether the schedule is still there and enabled, and what its history says; then whether Looker can reach this server.',
}

export function toAlertMessage(alert: AlertRecord): AlertMessage {
  const { sync, title, environmentId } = alert
  const name = title === null ? `The sync ${sync}` : quoted(title)
  return {
    id: `alert_${createHash('sha256').update(`${alert.databaseId} ${alert.id}`).digest('hex').slice(0, 32)}`,
    type: `sync.${alert.kind}`,
    timestamp: alert.since,
    data: {
      sync: { number: sync, title, environmentId },
      text: TEXTS[alert.kind](name, alert),
      since: alert.since,
      whatToDo: WHAT_TO_DO[alert.kind],
      importId: alert.importId,
      link: linkTo(alert),
    },
  }
}

/** What a sync is called in a test of its receivers; null: all syncs, or one that has not delivered. */
type Tested = AlertMessage['data']['sync']

/** Says that alerts arrive. */
export function testMessage(sync: Tested = null, now = new Date()): AlertMessage {
  const of =
    sync === null
      ? 'Looker Data Import for Heap'
      : (sync.title && quoted(sync.title)) || `the sync ${sync.number}`
  return {
    id: `alert_${randomUUID().replaceAll('-', '')}`,
    type: 'test',
    timestamp: now.toISOString(),
    data: {
      sync,
      text: `This is a test: alerts of ${of} arrive here.`,
      since: now.toISOString(),
      whatToDo: 'Nothing is to be done.',
      importId: null,
      link: null,
    },
  }
}

function quoted(title: string): string {
  return `"${shorten(title, TITLE_CHARACTERS)}"`
}

/** The page of the import in the extension, of the sync when there is none, or of all syncs; null: no Looker is known. */
function linkTo({ lookerOrigin, planId, importId }: AlertRecord): string | null {
  if (lookerOrigin === '') return null
  const syncs = `${lookerOrigin}/extensions/${EXTENSION}/syncs`
  if (planId === null) return syncs
  const sync = `${syncs}/${encodeURIComponent(planId)}`
  return importId === null ? sync : `${sync}/imports/${importId}`
}

function failingText(name: string, { environmentId, counts, since }: AlertRecord): string {
  const how = counts
    ? ` ${countOf(counts.delivered, 'row')} of ${counts.received} arrived, ${counts.rejected} were rejected.`
    : ''
  return `${name} has begun to fail to import into Heap environment ${environmentId}, at ${inWords(since)}.${how}`
}

function recoveredText(name: string, alert: AlertRecord): string {
  const { environmentId, counts, failingSince, lateSince } = alert
  const how = counts ? ` ${countOf(counts.delivered, 'row')} of ${counts.received} arrived.` : ''
  const failed = failingSince === null ? '' : ` It had failed since ${inWords(failingSince)}.`
  const late = lateSince === null ? '' : ` It had been due at ${inWords(lateSince)}.`
  return `${name} imports into Heap environment ${environmentId} again.${how}${failed}${late}`
}

function heldText(name: string, { environmentId, counts, heldBecause }: AlertRecord): string {
  const rows = counts ? ` ${countOf(counts.received, 'row')} came.` : ''
  return `${name} is paused: its delivery is unusual, and nothing of it is sent to Heap environment ${environmentId} before somebody decides.${rows}${heldBecause ? ` ${heldBecause}` : ''}`
}

function lateText(name: string, { environmentId, since, dueBy }: AlertRecord): string {
  const by = dueBy === 'schedule' ? 'by its schedule' : 'by its usual rhythm'
  return `${name} was due at ${inWords(since)} ${by}, and has not come. Nothing has been imported into Heap environment ${environmentId} since the delivery before.`
}

function inWords(time: string): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
