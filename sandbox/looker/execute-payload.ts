import type { DeliveryRecord } from './delivery-record.ts'
import type { Look } from './look.ts'

/** Where the action finds the rows: below a one-time URL, or in the request itself. */
export type PayloadRows = { downloadUrl: string } | { data: string } | null

/** What Looker posts to an action's `url` (facts: execute request). */
export function executePayload(look: Look, record: DeliveryRecord, origin: string, rows: PayloadRows) {
  const { dimensions, measures, pivots, table_calculations } = look.fields
  const names = [...dimensions, ...pivots, ...measures].map(({ name }) => name)
  return {
    type: 'query',
    scheduled_plan: {
      scheduled_plan_id: record.planId,
      title: look.title,
      type: 'Look',
      url: `${origin}/looks/${look.id}`,
      query_id: `90${look.id}`,
      query: {
        id: `90${look.id}`,
        model: 'crm',
        view: 'users',
        fields: names,
        pivots: pivots.length > 0 ? pivots.map(({ name }) => name) : null,
        dynamic_fields:
          table_calculations.length > 0
            ? JSON.stringify(table_calculations.map(({ name }) => ({ table_calculation: name })))
            : null,
        limit: '-1',
        query_timezone: look.timezone,
        vis_config: { type: 'looker_grid', hidden_fields: look.hiddenFields ?? [] },
      },
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
