import { isWhiteSpace } from '../json-stream/byte-cursor.ts'
import { decodeText } from '../json-stream/decode-text.ts'
import { jsonFaultOf } from '../json-stream/json-fault.ts'
import { createValueScan, scanValue } from '../json-stream/scan-value.ts'

/** Where rows that cannot be parsed are broken. */
type RowFault = {
  /** From 0, within the block. */
  row: number
  /** The key at whose value it happens; null when the row does not tell. */
  key: string | null
  fault: 'syntax' | 'encoding'
}

/**
 * Finds the first broken row of a block, and in it the cell: slow, and only done when parsing the block as a
 * whole has failed.
 */
export function locateFault(block: Uint8Array): RowFault {
  let row = 0
  for (let at = 0; at < block.length; row += 1) {
    while (at < block.length && block[at] !== 0x7b /* { */) at += 1
    const end = scanValue(createValueScan(), block, at)
    const bytes = Buffer.from(block.subarray(at, end))
    const fault = faultOf(bytes)
    if (fault !== null) return { row, key: brokenKey(bytes), fault }
    at = end + 1
  }
  return { row: Math.max(0, row - 1), key: null, fault: 'syntax' }
}

function faultOf(bytes: Buffer): 'syntax' | 'encoding' | null {
  try {
    JSON.parse(decodeText(bytes))
    return null
  } catch (error) {
    return jsonFaultOf(error) === 'encoding' ? 'encoding' : 'syntax'
  }
}

/** The key of the first member that is broken, or after which no member follows. */
function brokenKey(row: Buffer): string | null {
  let key: string | null = null
  let at = skipSpace(row, 1)
  while (row[at] === 0x22 /* " */) {
    const afterKey = scanValue(createValueScan(), row, at)
    const colon = skipSpace(row, afterKey)
    const name = row.subarray(at, afterKey)
    if (faultOf(name) !== null || row[colon] !== 0x3a /* : */) return key
    key = String(JSON.parse(decodeText(name)))
    const from = skipSpace(row, colon + 1)
    const to = endOfValue(row, from)
    if (faultOf(row.subarray(from, to)) !== null) return key
    const next = skipSpace(row, to)
    if (row[next] !== 0x2c /* , */) return key
    at = skipSpace(row, next + 1)
  }
  return key
}

function endOfValue(row: Buffer, from: number): number {
  const first = row[from]
  if (first === 0x7b || first === 0x5b || first === 0x22) return scanValue(createValueScan(), row, from)
  let at = from
  while (at < row.length && row[at] !== 0x2c && row[at] !== 0x7d) at += 1
  return at
}

function skipSpace(row: Buffer, from: number): number {
  let at = from
  while (at < row.length && isWhiteSpace(row[at] as number)) at += 1
  return at
}
