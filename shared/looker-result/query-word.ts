import { isRecord } from '../is-record.ts'
import type { QueryLimits } from './result-reading.ts'
import { NO_LIMITS } from './result-reading.ts'
import { readLimit } from './row-limits.ts'
import type { Visualization } from './visualization.ts'
import { NOTHING_HIDDEN, readVisualization } from './visualization.ts'

/** What is used of the query behind a result: `scheduled_plan.query` of a delivery, or the Look's. */
export type QueryWord = { limits: QueryLimits; visualization: Visualization }

/** Of a delivery whose `query` is null nothing is known. */
export const NO_QUERY: QueryWord = { limits: NO_LIMITS, visualization: NOTHING_HIDDEN }

export function readQuery(query: unknown): QueryWord {
  if (!isRecord(query)) return NO_QUERY
  return {
    limits: { rowLimit: knownLimit(query.limit), columnLimit: knownLimit(query.column_limit) },
    visualization: readVisualization(query.vis_config),
  }
}

function knownLimit(value: unknown): number | null {
  const limit = readLimit(value)
  return limit === 'unknown' ? null : limit
}
