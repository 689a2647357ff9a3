import { isRecord } from '../is-record.ts'
import { cutCharacters } from '../text/characters.ts'

/** What may be said of an import beside its counts. */
const REMARK_CODES = [
  /** Looker's own words. */
  'looker_note',
  'looker_warning',
  /** The result may be cut. */
  'result_truncated',
  'columns_truncated',
  'row_limit',
  'column_limit',
  'result_expired',
  /** Something of Looker's that this server does not know. */
  'unknown_member',
  'unknown_field',
  'unknown_cells',
  'unannounced_cells',
  'columns_without_cells',
  'unknown_visualization',
  /** Hidden in the visualization. */
  'hidden_pivots_not_found',
  'hidden_rows_imported',
  'hidden_series_imported',
  /** Times. */
  'unconverted_times',
  'unknown_time_zone',
  /** What was done to values. */
  'values_cut',
  'values_unwrapped',
  'values_left_out',
  /** Of the sync itself. */
  'forgotten_columns',
  'all_rows_sent',
  /** Unlike its earlier imports: see `guardrails.ts`. */
  'no_rows',
  'fewer_rows_than_usual',
  'more_rows_than_usual',
  'properties_emptied',
  'properties_changed_type',
  /** Kept by an earlier version of the server, as a text only. */
  'earlier',
] as const

export type RemarkCode = (typeof REMARK_CODES)[number]

/** Said of an import that may well have succeeded: a note is a fact, a warning something to look at. */
export type Remark = {
  kind: 'note' | 'warning'
  code: RemarkCode
  /** One or more sentences, without cell values. */
  text: string
  /** Of the values, cells or rows that it is about. */
  count?: number
}

/** Names of columns may have any length, and a remark goes into a mail. */
const MAX_TEXT = 500

export function note(code: RemarkCode, text: string, count?: number): Remark {
  return remark('note', code, text, count)
}

export function warning(code: RemarkCode, text: string, count?: number): Remark {
  return remark('warning', code, text, count)
}

function remark(kind: Remark['kind'], code: RemarkCode, text: string, count?: number): Remark {
  const line = text.replace(/\s+/g, ' ').trim()
  const short = line.length > MAX_TEXT ? `${cutCharacters(line, MAX_TEXT - 3)}...` : line
  return count === undefined ? { kind, code, text: short } : { kind, code, text: short, count }
}

/** The texts of one kind, each once. */
export function textsOf(remarks: readonly Pick<Remark, 'kind' | 'text'>[], kind: Remark['kind']): string[] {
  return [...new Set(remarks.filter((entry) => entry.kind === kind).map(({ text }) => text))]
}

/** Remarks as the database has them: of an earlier version plain texts. What is none is left out. */
export function readRemarks(stored: unknown): Remark[] {
  if (!Array.isArray(stored)) return []
  return stored.flatMap((entry): Remark[] => {
    if (typeof entry === 'string') return [warning('earlier', entry)]
    if (!isRecord(entry) || typeof entry.text !== 'string') return []
    const code = REMARK_CODES.find((known) => known === entry.code) ?? 'earlier'
    const count = typeof entry.count === 'number' ? entry.count : undefined
    return [remark(entry.kind === 'note' ? 'note' : 'warning', code, entry.text, count)]
  })
}
