import { readJoinKey } from '../../rows/join-key.ts'
import { charactersAbove, cutCharacters } from '../../text/characters.ts'
import { isDoubtfulKey } from './placeholder-keys.ts'

/** What the sample's rows say of one column, by the rules that the server applies to every row. */
export type ColumnStats = {
  rows: number
  /** Rows that have a join key by this column, of whatever quality. */
  filled: number
  missing: number
  /** Different usable keys. */
  distinct: number
  /** Different keys that are no placeholder by any reading: so many rows have a good key of their own. */
  good: number
  /** Rows whose key an earlier row has: the server takes the first row of a key. */
  duplicates: number
  /** The first few keys that several rows have. */
  duplicateKeys: string[]
  placeholders: number
  /** Keys that are placeholders as people type them, which the server sends. */
  doubtful: number
  tooLong: number
  notValues: number
  /** Numbers with a fraction: amounts. */
  fractions: number
  /** Keys that are email addresses. */
  addresses: number
  /** The first few different values, shortened. */
  examples: string[]
}

const EXAMPLES = 3
const EXAMPLE_CHARACTERS = 40

export function columnStats(values: readonly unknown[]): ColumnStats {
  const rowsOf = new Map<string, number>()
  const examples = new Set<string>()
  const stats = { missing: 0, placeholders: 0, tooLong: 0, notValues: 0, fractions: 0 }
  for (const value of values) {
    const text = textOf(value)
    if (text !== '' && examples.size < EXAMPLES) examples.add(shorten(text))
    if (typeof value === 'number' && !Number.isInteger(value)) stats.fractions += 1
    const joinKey = readJoinKey(value)
    if (joinKey.kind === 'key') rowsOf.set(joinKey.key, (rowsOf.get(joinKey.key) ?? 0) + 1)
    else if (joinKey.kind === 'missing') stats.missing += 1
    else if (joinKey.reason === 'join_key_placeholder') stats.placeholders += 1
    else if (joinKey.reason === 'join_key_too_long') stats.tooLong += 1
    else stats.notValues += 1
  }
  const keys = [...rowsOf]
  const shared = keys.filter(([, rows]) => rows > 1)
  const doubtful = keys.filter(([key, rows]) => isDoubtfulKey(key, rows)).length
  return {
    ...stats,
    rows: values.length,
    filled: values.length - stats.missing,
    distinct: keys.length,
    good: keys.length - doubtful,
    duplicates: shared.reduce((sum, [, rows]) => sum + rows - 1, 0),
    duplicateKeys: shared.slice(0, EXAMPLES).map(([key]) => shorten(key)),
    doubtful,
    addresses: keys.filter(([key]) => /^[^\s@]+@[^\s@]+$/.test(key)).length,
    examples: [...examples],
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function shorten(text: string): string {
  return charactersAbove(text, EXAMPLE_CHARACTERS) === undefined
    ? text
    : `${cutCharacters(text, EXAMPLE_CHARACTERS - 1)}\u2026`
}
