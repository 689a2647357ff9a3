import { isUtf8 } from 'node:buffer'
import type { Row } from '../../../shared/looker-result/row-keys.ts'
import { createValueScan, scanValue } from '../json-stream/scan-value.ts'
import type { CellSource } from '../transcode/emit-row.ts'
import { viewOf } from '../transcode/line-buffer.ts'
import type { RowTable } from '../transcode/row-table.ts'
import { NO_CELLS } from '../transcode/row-table.ts'
import { parseRows } from './parse-rows.ts'
import type { RowBlock } from './slice-rows.ts'

/** Rows of a block: the cells of those that a scanner matched, and the others parsed. Valid until the next block. */
export type ScannedRows = {
  source: CellSource
  table: RowTable
  /** How many of the table's rows there are: fewer than it holds when Looker reports an error among them. */
  count: number
  /** Those without cells in the table, in order. */
  others: Row[]
}

/**
 * Parses what was not matched of a block.
 *
 * @throws LookerError for the block's first broken row, as `parseRows` does
 */
export function readScanned(
  block: RowBlock,
  rowsBefore: number,
  isColumn: (key: string) => boolean,
): ScannedRows {
  const { source: bytes, table } = block
  const others = parseOthers(block, rowsBefore, isColumn)
  return { source: { bytes, view: viewOf(bytes) }, table, count: table.rows, others }
}

function parseOthers(block: RowBlock, rowsBefore: number, isColumn: (key: string) => boolean): Row[] {
  const { bytes, source, table } = block
  const others = unmatched(table)
  if (others.length === table.rows) return parseRows(block, rowsBefore, isColumn)
  if (isUtf8(bytes)) {
    try {
      return parseSome(source, table, others)
    } catch {
      // Told below, with the number of the row.
    }
  }
  parseRows(block, rowsBefore, isColumn)
  throw new Error('Rows that cannot be parsed by themselves were parsed together.')
}

/** Parses one row that was matched. */
export function parseRow({ source, table }: ScannedRows, row: number): Row {
  return parseSome(source.bytes, table, [row])[0] ?? {}
}

/** Parses all rows, matched or not. */
export function parseAll({ source, table, count }: ScannedRows): Row[] {
  return parseSome(
    source.bytes,
    table,
    Array.from({ length: count }, (_, row) => row),
  )
}

/** The rows before the one that is the `other`th of those without cells. */
export function rowsBeforeOther(scanned: ScannedRows, other: number): ScannedRows {
  const count = unmatched(scanned.table)[other] ?? scanned.count
  return { ...scanned, count, others: scanned.others.slice(0, other) }
}

function unmatched({ rows, cellsAt }: RowTable): number[] {
  const numbers: number[] = []
  for (let row = 0; row < rows; row += 1) if (cellsAt[row] === NO_CELLS) numbers.push(row)
  return numbers
}

function parseSome(block: Buffer, table: RowTable, rows: readonly number[]): Row[] {
  if (rows.length === 0) return []
  const pieces = rows.flatMap((row) => [COMMA, block.subarray(table.from[row], table.to[row])])
  const bytes = Buffer.concat(pieces.slice(1))
  const scan = createValueScan()
  for (let at = 0; at < bytes.length; ) at = scanValue(scan, bytes, at) + 1
  const { longNumbers, escapedKey } = scan
  return parseRows({ bytes, rows: rows.length, longNumbers, escapedKeys: escapedKey }, 0, () => false)
}

const COMMA = Buffer.from(',')
