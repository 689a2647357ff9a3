import { shorten } from '../../../shared/import-message.ts'
import { isRecord } from '../../../shared/is-record.ts'

/** Where SQL may begin in a database's error text; the rest is left out. */
const SQL_START = /\b(?:select|insert|update|delete|merge|create)\b|\bwith\s+\S+\s+as\b|\bline\s+\d+:/i

/** Quoted parts of a database's error text: they can be values, as in `invalid number 'abc'`. */
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`/g

/**
 * What Looker says against its own result: the messages of `errors` and the text of `sql_error`, at most 200
 * characters, without SQL and values. Null when Looker reports no error, '' when only that there is one.
 */
export function lookerComplaint(errors: unknown, sqlError: unknown): string | null {
  if (isEmpty(errors) && isEmpty(sqlError)) return null
  const texts = [
    ...(Array.isArray(errors) ? errors : [errors]).map(messageOf),
    hideQuoted(messageOf(sqlError)),
  ]
  const known = texts.map(withoutSql).filter((text) => text !== '')
  return shorten([...new Set(known)].join('; '))
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isRecord(value)) return Object.keys(value).length === 0
  return value === undefined || value === null || value === '' || value === false
}

function messageOf(error: unknown): string {
  if (typeof error === 'string') return error
  return isRecord(error) && typeof error.message === 'string' ? error.message : ''
}

function withoutSql(text: string): string {
  const start = text.search(SQL_START)
  return (start === -1 ? text : text.slice(0, start)).trim()
}

function hideQuoted(text: string): string {
  return text.replace(QUOTED, '...')
}
