import type { IncomingHttpHeaders } from 'node:http'
import { isRecord } from '../../shared/is-record.ts'
import { readQuery } from '../../shared/looker-result/query-word.ts'
import type { FormParams, SyncSettings } from '../../shared/settings/sync-settings.ts'
import { parseSettings } from '../../shared/settings/sync-settings.ts'
import type { Delivery, RowSource } from '../imports/delivery.ts'
import { DeliveryError } from '../imports/delivery-error.ts'
import type { Envelope } from '../looker/request/read-envelope.ts'

/**
 * The delivery that an execute call is. Looker is tolerant about types, so ids may be numbers and objects null.
 *
 * @throws DeliveryError when the form parameters are wrong or the call is for something else than a query
 */
export function toDelivery(
  headers: IncomingHttpHeaders,
  { body, attachment }: Envelope,
  connectionId: number,
): Delivery {
  if (body.type === 'cell' || body.type === 'dashboard') {
    throw new DeliveryError('Heap can import a Look or an Explore only. Send or schedule a Look.')
  }
  const plan = isRecord(body.scheduled_plan) ? body.scheduled_plan : {}
  return {
    connectionId,
    lookerInstance: readId(headers['x-looker-instance']),
    lookerOrigin: readOrigin(plan),
    planId: readId(plan.scheduled_plan_id),
    source: readSource(plan),
    title: typeof plan.title === 'string' ? plan.title : null,
    settings: toSettings(isRecord(body.form_params) ? body.form_params : {}),
    query: readQuery(plan.query),
    rows: readRowSource(plan, attachment),
  }
}

function readRowSource(plan: Record<string, unknown>, attachment: Envelope['attachment']): RowSource {
  if (attachment) return { kind: 'attachment', open: attachment.open }
  const url = plan.download_url
  return typeof url === 'string' && url !== '' ? { kind: 'download', url } : { kind: 'nowhere' }
}

/** The origin of the Looker that the plan is of, by the first of its addresses that is one. */
function readOrigin(plan: Record<string, unknown>): string | null {
  const urls = [plan.url, isRecord(plan.query) ? plan.query.url : null, plan.download_url]
  for (const url of urls) {
    if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url)) continue
    return new URL(url).origin
  }
  return null
}

/** The Look that the plan's address names (`https://acme.cloud.looker.com/looks/42`), else the query. */
function readSource(plan: Record<string, unknown>): string | null {
  const look = typeof plan.url === 'string' ? /\/looks\/([^/?#]+)/.exec(plan.url)?.[1] : undefined
  if (look !== undefined) return `look/${look}`
  const query = readId(plan.query_id)
  return query === null ? null : `query/${query}`
}

function toSettings(params: FormParams): SyncSettings {
  const parsed = parseSettings(params)
  if (parsed.kind === 'valid') return parsed.settings
  throw new DeliveryError(`${Object.values(parsed.errors).join(' ')} Nothing was imported.`)
}

function readId(id: unknown): string | null {
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : null
}
