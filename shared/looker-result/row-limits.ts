import type { Remark } from '../report/remark.ts'
import { warning } from '../report/remark.ts'
import { formatCount } from '../text/text-list.ts'

/** Where Looker cuts `json_detail` without a word, also when it streams (seen by its reference hub's makers). */
const JSON_DETAIL_ROWS = 5_000

const ALL_RESULTS =
  'Choose All Results as the limit when you send or schedule the Look, if there are more rows.'

/**
 * A limit as Looker writes it, as a number or a text: null when there is none (null, '' or -1, which is All
 * Results), `unknown` for what is no number.
 */
export function readLimit(value: unknown): number | null | 'unknown' {
  if (value === undefined || value === null || value === '') return null
  const limit = typeof value === 'string' ? Number(value) : value
  if (typeof limit !== 'number' || !Number.isInteger(limit)) return 'unknown'
  return limit > 0 ? limit : null
}

/**
 * Exactly as many rows as one of the limits: the result may be cut, and Looker does not say.
 *
 * @param limits of the query that Looker ran, as far as they are known
 */
export function remarksOfRowCount(rows: number, limits: readonly (number | null)[]): Remark[] {
  if (rows === 0) return []
  if (limits.includes(rows)) {
    return [
      warning(
        'row_limit',
        `The result has exactly as many rows as the query's limit, ${formatCount(rows)}, so it may be cut. ${ALL_RESULTS}`,
        rows,
      ),
    ]
  }
  if (rows === JSON_DETAIL_ROWS) {
    return [
      warning(
        'row_limit',
        `The result has exactly ${formatCount(rows)} rows, which is where Looker cuts results in some formats, so it may be cut. ${ALL_RESULTS}`,
        rows,
      ),
    ]
  }
  return []
}

/** Exactly as many pivot values as the query's column limit. */
export function remarksOfPivotCount(pivots: number, limits: readonly (number | null)[]): Remark[] {
  if (pivots === 0 || !limits.includes(pivots)) return []
  return [
    warning(
      'column_limit',
      `The result has exactly as many pivoted columns as the query's column limit, ${formatCount(pivots)}, so columns may be missing. Raise the column limit of the Look.`,
      pivots,
    ),
  ]
}
