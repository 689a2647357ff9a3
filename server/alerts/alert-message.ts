import { createHash } from 'node:crypto'
import { shorten } from '../../shared/text/shorten.ts'
import { countOf } from '../../shared/text/text-list.ts'
import type { AlertRecord } from '../database/repositories/alert-repository.ts'

/** What is told of a change of state. No cell value, join key or `sync_id` is in it. */
export type AlertMessage = {
  /** By it a receiver knows an alert that comes twice. */
  id: string
  type: 'sync.failing' | 'sync.recovered'
  /** When the state changed; ISO time. */
  timestamp: string
  data: {
    sync: { number: number; title: string | null; environmentId: string }
    /** One sentence. */
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

export function toAlertMessage(alert: AlertRecord): AlertMessage {
  const { sync, title, environmentId, lookerOrigin, importId } = alert
  const name = title === null ? `The sync ${sync}` : `"${shorten(title, TITLE_CHARACTERS)}"`
  return {
    id: `alert_${createHash('sha256').update(`${alert.databaseId} ${alert.id}`).digest('hex').slice(0, 32)}`,
    type: alert.kind === 'failing' ? 'sync.failing' : 'sync.recovered',
    timestamp: alert.since,
    data: {
      sync: { number: sync, title, environmentId },
      text: alert.kind === 'failing' ? failingText(name, alert) : recoveredText(name, alert),
      since: alert.since,
      whatToDo:
        alert.kind === 'failing'
          ? 'Open the import in Looker: it says which rows did not arrive, why, and what to change. Then send the Look again.'
          : 'Nothing.',
      importId,
      link:
        lookerOrigin === '' || importId === null
          ? null
          : `${lookerOrigin}/extensions/${EXTENSION}/imports/${importId}`,
    },
  }
}

function failingText(name: string, { environmentId, counts }: AlertRecord): string {
  const how = counts
    ? ` ${countOf(counts.delivered, 'row')} of ${counts.received} arrived, ${counts.rejected} were rejected.`
    : ''
  return `${name} has begun to fail to import into Heap environment ${environmentId}.${how}`
}

function recoveredText(name: string, { environmentId, counts, failingSince }: AlertRecord): string {
  const how = counts ? ` ${countOf(counts.delivered, 'row')} of ${counts.received} arrived.` : ''
  const before = failingSince === null ? '' : ` It had failed since ${failingSince}.`
  return `${name} imports into Heap environment ${environmentId} again.${how}${before}`
}
