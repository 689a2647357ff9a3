import type { Look } from '../look.ts'
import type { lookQuery } from '../look-query.ts'
import type { DeliveryRecord } from './delivery-record.ts'

/** Where the action finds the rows: below a one-time URL, or in the request itself. */
export type PayloadRows = { downloadUrl: string } | { data: string } | null

type Sent = {
  /** Of the Looker instance. */
  origin: string
  query: ReturnType<typeof lookQuery>
  rows: PayloadRows
}

/** What Looker posts to an action's `url` (facts: execute request). */
export function executePayload(look: Look, record: DeliveryRecord, { origin, query, rows }: Sent) {
  return {
    type: 'query',
    scheduled_plan: {
      scheduled_plan_id: record.planId,
      title: record.planName ?? look.title,
      type: 'Look',
      url: `${origin}/looks/${look.id}`,
      query_id: query.id,
      query,
      filters_differ_from_look: false,
      download_url: rows !== null && 'downloadUrl' in rows ? rows.downloadUrl : null,
      async_callback_url: null,
    },
    attachment:
      rows !== null && 'data' in rows
        ? { mimetype: 'application/json', extension: 'json', data: rows.data }
        : null,
    data: {},
    form_params: record.formParams,
    state: null,
  }
}
