import { shorten } from '../text/shorten.ts'

/** Where SQL may begin in a database's error text; the rest is left out. */
const SQL_START = /\b(?:select|insert|update|delete|merge|create)\b|\bwith\s+\S+\s+as\b|\bline\s+\d+:/i

/** Quoted parts of a database's error text: they can be values, as in `invalid number 'abc'`. */
const QUOTED = /'[^']*'|"[^"]*"|`[^`]*`/g

/** A text of Looker's without SQL, at most 200 characters. */
export function withoutSql(text: string): string {
  const start = text.search(SQL_START)
  return shorten(start === -1 ? text : text.slice(0, start))
}

/** A database's own text as Looker passes it on: without SQL and without what may be values. */
export function withoutValues(text: string): string {
  return withoutSql(text.replace(QUOTED, '...'))
}

/** A text without its final point, to go on in a sentence; the three points of what was left out stay. */
export function asClause(text: string): string {
  return text.endsWith('...') ? text : text.replace(/[.:;\s]+$/, '')
}
