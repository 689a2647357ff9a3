import { isRecord } from '../is-record.ts'
import { shorten } from '../text/shorten.ts'
import { quoteList } from '../text/text-list.ts'
import { asClause, withoutSql, withoutValues } from './safe-text.ts'

/** One of Looker's words against its own result: the query failed, or the result is not complete. */
export type Complaint = {
  /** Without SQL and cell values; '' when Looker says only that there is an error. */
  text: string
  /** Looker's own words in full, for the screen of who may run the Look; never for a message or a log. */
  details: string
}

/** Most texts that are told of one result. */
const MOST_TEXTS = 5

/** Is this what Looker writes where it has nothing to say? */
export function saysNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isRecord(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === '' || value === false
}

/** The entries of `errors`: a list as documented, and whatever else may stand there. */
export function entriesOf(errors: unknown): unknown[] {
  if (saysNothing(errors)) return []
  return Array.isArray(errors) ? errors : [errors]
}

/** Seen in Looker 26.14: an entry of `errors` that is a mere note has `fatal: false`. */
export function isNote(entry: unknown): boolean {
  return isRecord(entry) && entry.fatal === false
}

/** An entry of `errors`, whose `message` is Looker's; the database's own words are in `message_details`. */
export function complaintOfEntry(entry: unknown): Complaint {
  if (!isRecord(entry)) return complaintOfText(entry)
  const message = textOf(entry.message) || textOf(entry.error) || textOf(entry.title)
  const details = textOf(entry.message_details) || textOf(entry.details)
  return { text: withoutSql(message), details: shorten([message, details].filter(Boolean).join(' '), 2_000) }
}

/** A text of the database, as in `sql_error`, `error` and `looker_error`. */
export function complaintOfText(value: unknown): Complaint {
  if (Array.isArray(value) || isRecord(value)) {
    const inner = (Array.isArray(value) ? value : [value]).map((entry) =>
      isRecord(entry) ? complaintOfEntry(entry) : complaintOfText(String(entry)),
    )
    return {
      text: joined(inner.map(({ text }) => withoutValues(text))),
      details: joined(inner.map(({ details }) => details)),
    }
  }
  const text = typeof value === 'string' ? value : ''
  return { text: withoutValues(text), details: shorten(text, 2_000) }
}

/** What Looker complains of, each once: '' when it gives no text. */
export function complaintText(complaints: readonly Complaint[]): string {
  return shorten(joined(complaints.map(({ text }) => text)))
}

/** The same in full: see `Complaint.details`. */
export function complaintDetails(complaints: readonly Complaint[]): string {
  return joined(complaints.map(({ details }) => details))
}

/** What the analyst is told of a result that Looker itself calls broken. */
export function refusalMessage(complaints: readonly Complaint[]): string {
  const text = asClause(complaintText(complaints))
  const reason = text === '' ? '.' : `: ${text}.`
  return `Looker reports an error in the query of this Look${reason} Open the Look, correct it and send it again.`
}

/** `status` of `json_detail` when it is not `complete`. */
export function complaintOfStatus(status: string): Complaint {
  const text = `the status of the result is ${quoteList([shorten(status, 40)])} instead of "complete"`
  return { text, details: text }
}

function joined(texts: readonly string[]): string {
  const known = [...new Set(texts.filter((text) => text !== ''))]
  return known.slice(0, MOST_TEXTS).join('; ')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
