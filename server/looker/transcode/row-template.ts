import { isWhiteSpace } from '../json-stream/byte-cursor.ts'
import { createValueScan, scanValue } from '../json-stream/scan-value.ts'

/** What rows of one form have in common: the literal bytes before, between and after the values of their cells. */
export type RowTemplate = {
  /** The key of each cell, in the order of the row. */
  keys: string[]
  /** One more than keys. */
  literals: Uint8Array[]
}

/**
 * Learns the form of a row: scalars, bare or as the one member `value` of a cell.
 *
 * @param row a valid row
 * @returns null for a row with cells of another form, or with a key twice
 */
export function learnTemplate(row: Uint8Array): RowTemplate | null {
  const keys: string[] = []
  const literals: Uint8Array[] = []
  let literal = 0
  let at = skipSpace(row, 1)
  while (row[at] === 0x22 /* " */) {
    const keyEnd = scanValue(createValueScan(), row, at)
    const key: unknown = JSON.parse(Buffer.from(row.subarray(at, keyEnd)).toString('utf8'))
    let value = skipSpace(row, skipSpace(row, keyEnd) + 1)
    const isCell = row[value] === 0x7b /* { */
    if (isCell) value = valueOfCell(row, value)
    const valueEnd = scalarEnd(row, value)
    if (valueEnd === null) return null
    keys.push(String(key))
    literals.push(Uint8Array.from(row.subarray(literal, value)))
    literal = valueEnd
    at = skipSpace(row, valueEnd)
    if (isCell) {
      if (row[at] !== 0x7d /* } */) return null
      at = skipSpace(row, at + 1)
    }
    if (row[at] === 0x2c /* , */) at = skipSpace(row, at + 1)
  }
  literals.push(Uint8Array.from(row.subarray(literal)))
  return keys.length > 0 && new Set(keys).size === keys.length ? { keys, literals } : null
}

const VALUE_KEY = Buffer.from('"value"')

/** The place of the value; the end of the row where the cell does not begin with it. */
function valueOfCell(row: Uint8Array, from: number): number {
  const key = skipSpace(row, from + 1)
  const colon = skipSpace(row, key + VALUE_KEY.length)
  if (!VALUE_KEY.equals(row.subarray(key, key + VALUE_KEY.length)) || row[colon] !== 0x3a) return row.length
  return skipSpace(row, colon + 1)
}

function scalarEnd(row: Uint8Array, from: number): number | null {
  const first = row[from]
  if (first === undefined || first === 0x7b || first === 0x5b) return null
  if (first === 0x22) return scanValue(createValueScan(), row, from)
  let at = from
  while (at < row.length && !endsScalar(row[at] as number)) at += 1
  return at
}

function endsScalar(byte: number): boolean {
  return byte === 0x2c || byte === 0x7d || isWhiteSpace(byte)
}

function skipSpace(row: Uint8Array, from: number): number {
  let at = from
  while (at < row.length && isWhiteSpace(row[at] as number)) at += 1
  return at
}
