import type { Look } from '../look.ts'

export type ResultFormat = 'json_detail' | 'json_detail_lite_stream'

/** Rows that Looker writes into `json_detail` at most, even with All Results (seen in its reference hub). */
export const JSON_DETAIL_ROWS = 5_000

/**
 * How a result tells of its pivots. `listed`: with `fields.pivots` and a top-level `pivots`, as documented for
 * `json_detail`. `unlisted`: without the latter, which none of the published lite bodies has. `unannounced`:
 * without either, as a test of Looker's reference hub has it.
 */
export type PivotForm = 'listed' | 'unlisted' | 'unannounced'

/**
 * The keys of a result other than `data`, in the order in which Looker writes them (observed for the lite
 * format; documented for `json_detail`). Looker writes the head of the lite format before the query ends, so
 * that most of it is null.
 */
export function resultHead(
  look: Look,
  format: ResultFormat,
  pivotForm: PivotForm = 'listed',
): Record<string, unknown> {
  return { ...writtenHead(look, format, pivotForm), ...look.says }
}

function writtenHead(look: Look, format: ResultFormat, pivotForm: PivotForm): Record<string, unknown> {
  const { measures, dimensions, pivots, table_calculations } = look.fields
  const announced = pivotForm === 'unannounced' ? [] : pivots
  const fields = { dimensions, measures, pivots: announced, table_calculations }
  const shared = {
    explore: { name: 'crm', label: 'CRM', description: null },
    sql: `SELECT\n  ${[...dimensions, ...pivots, ...measures].map(({ name }) => name).join(',\n  ')}\nFROM crm\n-- ${look.title}`,
    pivoted: look.pivots === undefined || pivotForm !== 'listed' ? {} : { pivots: look.pivots },
  }
  if (format === 'json_detail') {
    return {
      status: look.errors ? 'error' : 'complete',
      from_cache: false,
      id: look.id.padStart(32, '0'),
      ran_at: '2026-11-20T03:00:00+00:00',
      runtime: '1.234',
      sql: shared.sql,
      ...(look.errors ? { errors: look.errors } : {}),
      fields,
      fill_fields: [],
      has_totals: false,
      has_row_totals: look.hasRowTotals ?? false,
      applied_filters: { 'users.country': { value: 'FR', field: {} } },
      explore: shared.explore,
      timezone: look.timezone,
      ...shared.pivoted,
    }
  }
  return {
    added_params: null,
    aggregate_table_used_info: null,
    applied_column_limit: null,
    applied_filter_expression: null,
    applied_filters: { 'users.country': { value: 'FR', field: {} } },
    applied_limit: null,
    cache_key: null,
    can_see_sql: null,
    column_truncated: null,
    errors: look.errors ?? null,
    expired: null,
    explore: shared.explore,
    fields,
    fill_fields: null,
    from_cache: null,
    has_row_totals: look.hasRowTotals ?? false,
    has_totals: false,
    name: null,
    null_sort_treatment: null,
    number_format: null,
    pivot_hack_undone: null,
    ...shared.pivoted,
    ran_at: null,
    runtime: '',
    sql: shared.sql,
    sql_error: look.errors?.[0]?.message_details ?? null,
    sql_explain: null,
    supports_pivot_in_db: null,
    timezone: look.timezone,
    totals_data: null,
    truncated: null,
    warnings: null,
  }
}
