import { isRecord } from '../is-record.ts'
import type { Remark } from '../report/remark.ts'
import { note, warning } from '../report/remark.ts'
import { quoteList } from '../text/text-list.ts'
import { saysNothing } from './complaint.ts'

/**
 * What an analyst has hidden in a Look's visualization. All of it is still in the result (seen by the makers of
 * other actions), so it is for us to honour.
 */
export type Visualization = {
  /** Names of columns. */
  hiddenFields: ReadonlySet<string>
  /** By pivot key, the total's among them: the whole pivot value, or the names of single measures of it. */
  hiddenPivots: ReadonlyMap<string, 'all' | ReadonlySet<string>>
  /** The table does not show the total across the pivot values. */
  hidesRowTotals: boolean
  /** Names of yes/no columns: where one is No, the row is hidden. */
  hiddenIfNo: readonly string[]
  /** Only the first or last rows are shown, or are hidden. Rows null: unknown how many. */
  shownRows: ShownRows | null
  remarks: readonly Remark[]
}

export type ShownRows = { kind: 'show' | 'hide'; rows: number } | { kind: 'unknown' }

export const NOTHING_HIDDEN: Visualization = {
  hiddenFields: new Set(),
  hiddenPivots: new Map(),
  hidesRowTotals: false,
  hiddenIfNo: [],
  shownRows: null,
  remarks: [],
}

/**
 * Reads a query's `vis_config` (its members are not documented; as public LookML dashboards and Looker's own
 * open-source components have them). What it hides in a way that is not known is said.
 */
export function readVisualization(config: unknown): Visualization {
  if (saysNothing(config)) return NOTHING_HIDDEN
  if (!isRecord(config)) return { ...NOTHING_HIDDEN, remarks: [unknown(['vis_config'])] }
  const odd: string[] = []
  const remarks: Remark[] = []
  const hidden = {
    hiddenFields: new Set(readNames(config, 'hidden_fields', odd)),
    hiddenPivots: readHiddenPivots(config.hidden_pivots, odd),
    hidesRowTotals: readFlag(config, 'hide_row_totals', odd),
    hiddenIfNo: readNames(config, 'hidden_points_if_no', odd),
    shownRows: readFlag(config, 'limit_displayed_rows', odd)
      ? readShownRows(config.limit_displayed_rows_values)
      : null,
  }
  if (!saysNothing(config.hidden_series)) {
    remarks.push(
      note(
        'hidden_series_imported',
        'The chart of the Look hides some of its series; their columns were imported all the same. Hide columns in the data table of the Look to leave them out.',
      ),
    )
  }
  odd.push(...unknownNames(config))
  if (odd.length > 0) remarks.push(unknown(odd))
  return { ...hidden, remarks }
}

/** Members that hide something, as their names say, and that are not read above. */
function unknownNames(config: Record<string, unknown>): string[] {
  return Object.keys(config).filter(
    (key) =>
      /^(hidden|hide)_.*(field|column|row|pivot|point|measure|dimension)/.test(key) &&
      !KNOWN.has(key) &&
      !saysNothing(config[key]),
  )
}

const KNOWN = new Set([
  'hidden_fields',
  'hidden_pivots',
  'hidden_points_if_no',
  'hidden_series',
  'hide_row_totals',
  // Totals of all rows are never imported.
  'hide_totals',
])

function unknown(names: readonly string[]): Remark {
  return warning(
    'unknown_visualization',
    `The visualization of the Look hides something in a way that this server does not know (${quoteList(names, 5)}), so hidden columns may have been imported. Remove columns that are not to be imported from the Look.`,
  )
}

function readNames(config: Record<string, unknown>, key: string, odd: string[]): string[] {
  const value = config[key]
  if (saysNothing(value)) return []
  const names = Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
  if (!Array.isArray(value) || names.length < value.length) odd.push(key)
  return names
}

function readFlag(config: Record<string, unknown>, key: string, odd: string[]): boolean {
  const value = config[key]
  if (saysNothing(value)) return false
  if (value !== true) odd.push(key)
  return value === true
}

function readHiddenPivots(value: unknown, odd: string[]): Visualization['hiddenPivots'] {
  const hidden = new Map<string, 'all' | ReadonlySet<string>>()
  if (saysNothing(value)) return hidden
  if (!isRecord(value)) {
    odd.push('hidden_pivots')
    return hidden
  }
  let isOdd = false
  for (const [key, entry] of Object.entries(value)) {
    if (saysNothing(entry)) continue
    const names = isRecord(entry) ? entry.measure_names : undefined
    const whole = isRecord(entry) ? entry.is_entire_pivot_hidden : undefined
    const texts = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
    if (whole === true) hidden.set(key, 'all')
    else if (texts.length > 0) hidden.set(key, new Set(texts))
    const isKnown =
      isRecord(entry) &&
      (whole === true || saysNothing(whole)) &&
      (saysNothing(names) || (Array.isArray(names) && texts.length === names.length)) &&
      Object.keys(entry).every((name) => name === 'is_entire_pivot_hidden' || name === 'measure_names')
    isOdd ||= !isKnown
  }
  if (isOdd) odd.push('hidden_pivots')
  return hidden
}

/** `{ show_hide: 'show' | 'hide', first_last: 'first' | 'last', num_rows: 10 | '10' | '' }` */
function readShownRows(values: unknown): ShownRows {
  if (!isRecord(values)) return { kind: 'unknown' }
  const { show_hide: kind, num_rows: given } = values
  if (kind !== 'show' && kind !== 'hide') return { kind: 'unknown' }
  const rows = typeof given === 'string' && given.trim() !== '' ? Number(given) : given
  if (typeof rows !== 'number' || !Number.isInteger(rows) || rows < 0) return { kind: 'unknown' }
  return { kind, rows }
}
