import type { IQuery } from '@looker/sdk'
import type { Look } from './look.ts'

/** Rows of a Look that has no limit of its own: what Looker's results table shows. */
const DEFAULT_ROW_LIMIT = 500

/** The Look's own row limit. */
export function rowLimitOf({ rowLimit = DEFAULT_ROW_LIMIT }: Look): number {
  return rowLimit
}

/**
 * The query of a Look as the API and deliveries describe it.
 *
 * @param limit rows; -1: All Results
 */
export function lookQuery(look: Look, limit: number = rowLimitOf(look)) {
  const { dimensions, measures, pivots, table_calculations: calculations } = look.fields
  return {
    id: `90${look.id}`,
    model: 'crm',
    view: 'users',
    fields: [...dimensions, ...pivots, ...measures].map(({ name }) => name),
    pivots: pivots.length > 0 ? pivots.map(({ name }) => name) : null,
    filters: { 'users.country': 'FR' },
    dynamic_fields:
      calculations.length > 0
        ? JSON.stringify(
            calculations.map(({ name, label, expression }) => ({
              table_calculation: name,
              label,
              expression,
            })),
          )
        : null,
    limit: String(limit),
    row_total: look.hasRowTotals ? 'right' : null,
    query_timezone: look.timezone,
    vis_config: { type: 'looker_grid', hidden_fields: look.hiddenFields ?? [], ...look.visConfig },
    has_table_calculations: calculations.length > 0,
  } satisfies IQuery
}
