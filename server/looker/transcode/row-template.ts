import { isWhiteSpace } from '../json-stream/byte-cursor.ts'
import { createValueScan, scanValue } from '../json-stream/scan-value.ts'

/** The key of a cell, and the key within it when the cell is a map of pivots. */
export type CellPlace = { key: string; pivotKey: string | null }

/** What rows of one form have in common: the literal bytes before, between and after the values of their cells. */
export type RowTemplate = {
  /** Where each value stands, in the order of the row. */
  places: CellPlace[]
  /** One more than places. */
  literals: Uint8Array[]
}

/**
 * Learns the form of a row: scalars, bare or as the one member `value` of a cell, and maps of these by pivot key.
 *
 * @param row a valid row
 * @returns null for a row with cells of another form, or with a key twice
 */
export function learnTemplate(row: Uint8Array): RowTemplate | null {
  const places: CellPlace[] = []
  const literals: Uint8Array[] = []
  let literal = 0
  let at = skipSpace(row, 1)

  /** Takes in the members from `at` on, up to the end of their object; there must be some, and each only once. */
  function takeMembers(parent: string | null): boolean {
    const keys = new Set<string>()
    while (row[at] === 0x22 /* " */) {
      const keyEnd = scanValue(createValueScan(), row, at)
      const key = String(JSON.parse(Buffer.from(row.subarray(at, keyEnd)).toString('utf8')))
      if (keys.has(key)) return false
      keys.add(key)
      at = skipSpace(row, skipSpace(row, keyEnd) + 1)
      if (!takeContent(key, parent)) return false
      at = skipSpace(row, at)
      if (row[at] === 0x2c /* , */) at = skipSpace(row, at + 1)
    }
    return keys.size > 0 && row[at] === 0x7d /* } */
  }

  function takeContent(key: string, parent: string | null): boolean {
    if (row[at] !== 0x7b /* { */) return takeScalar(key, parent)
    const value = valueOfCell(row, at)
    if (value === null) {
      // A map within a map is no pivot.
      if (parent !== null) return false
      at = skipSpace(row, at + 1)
      if (!takeMembers(key)) return false
    } else {
      at = value
      if (!takeScalar(key, parent)) return false
      at = skipSpace(row, at)
      if (row[at] !== 0x7d) return false
    }
    at += 1
    return true
  }

  function takeScalar(key: string, parent: string | null): boolean {
    const end = scalarEnd(row, at)
    if (end === null) return false
    places.push(parent === null ? { key, pivotKey: null } : { key: parent, pivotKey: key })
    literals.push(Uint8Array.from(row.subarray(literal, at)))
    literal = end
    at = end
    return true
  }

  if (!takeMembers(null)) return null
  literals.push(Uint8Array.from(row.subarray(literal)))
  return { places, literals }
}

const VALUE_KEY = Buffer.from('"value"')

/** The place of a cell's value; null where the cell does not begin with it. */
function valueOfCell(row: Uint8Array, from: number): number | null {
  const key = skipSpace(row, from + 1)
  const colon = skipSpace(row, key + VALUE_KEY.length)
  if (!VALUE_KEY.equals(row.subarray(key, key + VALUE_KEY.length)) || row[colon] !== 0x3a) return null
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
