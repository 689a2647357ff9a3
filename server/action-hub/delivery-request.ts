import { isRecord } from '../../shared/is-record.ts'
import type { QueryWord } from '../../shared/looker-result/query-word.ts'
import { readQuery } from '../../shared/looker-result/query-word.ts'
import type { FormParams, SyncSettings } from '../../shared/sync-settings.ts'
import { parseSettings } from '../../shared/sync-settings.ts'
import { DeliveryError } from '../imports/delivery-error.ts'

/** The execute call of Looker, reduced to what is used. */
export type DeliveryRequest = {
  planId: string | null
  title: string | null
  settings: SyncSettings
  query: QueryWord
  downloadUrl: string | null
}

/**
 * Reads the body of an execute call. Looker is tolerant about types, so ids may be numbers and objects null.
 *
 * @throws DeliveryError when the form parameters are wrong or the call is for something else than a query
 */
export function readDeliveryRequest(body: Record<string, unknown>): DeliveryRequest {
  if (body.type === 'cell' || body.type === 'dashboard') {
    throw new DeliveryError('Heap can import a Look or an Explore only. Send or schedule a Look.')
  }
  const plan = isRecord(body.scheduled_plan) ? body.scheduled_plan : {}
  return {
    planId: readId(plan.scheduled_plan_id),
    title: typeof plan.title === 'string' ? plan.title : null,
    settings: readSettings(isRecord(body.form_params) ? body.form_params : {}),
    query: readQuery(plan.query),
    downloadUrl: typeof plan.download_url === 'string' && plan.download_url !== '' ? plan.download_url : null,
  }
}

function readSettings(params: FormParams): SyncSettings {
  const parsed = parseSettings(params)
  if (parsed.kind === 'valid') return parsed.settings
  throw new DeliveryError(`${Object.values(parsed.errors).join(' ')} Nothing was imported.`)
}

function readId(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}
