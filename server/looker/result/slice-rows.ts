import { formatCount } from '../../../shared/text/text-list.ts'
import { createByteCollector } from '../json-stream/byte-collector.ts'
import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { isWhiteSpace } from '../json-stream/byte-cursor.ts'
import { jsonFault, jsonFaultOf } from '../json-stream/json-fault.ts'
import type { ValueScan } from '../json-stream/scan-value.ts'
import { createValueScan, scanValue } from '../json-stream/scan-value.ts'
import { LookerError } from '../looker-error.ts'
import type { RowScanning, RowTable } from '../transcode/row-table.ts'
import { createRowTable } from '../transcode/row-table.ts'
import { NO_MATCH } from '../transcode/scan-row.ts'
import { brokenAfterRow, brokenRow, noRow } from './result-faults.ts'

/** A block is handed on when it has this many rows or bytes, or when the chunk is used up. */
const BLOCK_ROWS = 1000
const BLOCK_BYTES = 1024 * 1024

/** Longest row in bytes: thousands of columns with a kilobyte each; Heap keeps 1,023 characters of a value. */
const MAX_ROW_BYTES = 32 * 1024 * 1024

/** Whole rows as they stand in the result: JSON objects with commas between. */
export type RowBlock = {
  /** Valid until the next block is asked for. */
  bytes: Buffer
  rows: number
  /** Positions inside the numbers that JSON.parse may not keep, ascending. */
  longNumbers: number[]
  /** Had a key an escape, in this block or before? Rows have the same keys, as a rule. */
  escapedKeys: boolean
  /** Where its rows stand, and the cells of those that a scanner matched. */
  table: RowTable
}

/**
 * Cuts the list of rows at the cursor into blocks of whole rows and moves past the list. Memory holds a block
 * and the row that is being read.
 *
 * @param scanning a scanner to try on each row first: it finds its end, and its cells by the way
 * @throws LookerError `ended`, `depth`, and for what is no row, or too long
 */
export async function* sliceRows(
  cursor: ByteCursor,
  scanning: RowScanning = { scanner: null },
): AsyncGenerator<RowBlock, void> {
  const scan = createValueScan()
  const blocks = createBlockBuilder(scan, scanning)
  let expected: 'row or end' | 'row' | 'comma or end' | 'rest of row' = 'row or end'
  cursor.at += 1
  for (;;) {
    const { bytes } = cursor
    let at = cursor.at
    blocks.startChunk(bytes, at)
    while (at < bytes.length) {
      if (expected === 'rest of row') {
        at = scanRow(scan, bytes, at, blocks.rowsStarted())
        blocks.takeLongNumbers()
        if (scan.depth > 0) break
        expected = 'comma or end'
        if (blocks.endRow(at, false)) yield* blocks.cut(bytes, at)
        continue
      }
      const byte = bytes[at] as number
      if (byte === 0x7b && expected !== 'comma or end') {
        const end = blocks.startRow(at)
        if (end === NO_MATCH) {
          expected = 'rest of row'
          continue
        }
        at = end
        expected = 'comma or end'
        if (blocks.endRow(at, true)) yield* blocks.cut(bytes, at)
        continue
      }
      at += 1
      if (isWhiteSpace(byte)) continue
      if (byte === 0x2c && expected === 'comma or end') {
        expected = 'row'
      } else if (byte === 0x5d && expected !== 'row') {
        cursor.at = at
        yield* blocks.cut(bytes, at)
        return
      } else if (expected === 'comma or end') {
        throw brokenAfterRow(blocks.rowsStarted())
      } else {
        throw noRow(blocks.rowsStarted() + 1)
      }
    }
    yield* blocks.cut(bytes, at)
    if (!(await cursor.more())) throw jsonFault('ended')
  }
}

/** A broken row may look nested without end, so its number is told. */
function scanRow(scan: ValueScan, bytes: Uint8Array, at: number, row: number): number {
  try {
    return scanValue(scan, bytes, at)
  } catch (error) {
    throw jsonFaultOf(error) === 'depth' ? brokenRow(row, null, 'depth') : error
  }
}

/** Gathers the bytes of a block: in chunks, since appending every row by itself would cost a tenth. */
function createBlockBuilder(scan: ValueScan, scanning: RowScanning) {
  const collector = createByteCollector()
  const table = createRowTable(scanning)
  let rowsStarted = 0
  let rowFrom = 0
  let inRow = false
  /** The place in the chunk up to which its bytes are in the collector. */
  let collected = 0
  let rows = 0
  let rowsTo = 0
  let longNumbers: number[] = []

  /** @returns the place after the row, if it was matched; else `NO_MATCH` */
  function startRow(at: number): number {
    if (rows === 0) collected = at
    inRow = true
    rowsStarted += 1
    rowFrom = collector.length + at - collected
    return table.match(at, rowFrom - at)
  }

  /** Is the block full? */
  function endRow(at: number, isMatched: boolean): boolean {
    inRow = false
    rowsTo = collector.length + at - collected
    rows += 1
    table.add(rowFrom, rowsTo, isMatched)
    return rows >= BLOCK_ROWS || rowsTo >= BLOCK_BYTES
  }

  /** Takes over the chunk's bytes up to `at`; yields the whole rows there are, and keeps the begun one. */
  function* cut(bytes: Uint8Array, at: number): Generator<RowBlock, void> {
    collector.append(bytes, collected, at)
    collected = at
    if (rows > 0) {
      const block = collector.view(0, rowsTo)
      yield {
        bytes: block,
        table: table.complete(block),
        rows,
        longNumbers: longNumbers.filter((position) => position < rowsTo),
        escapedKeys: scan.escapedKey,
      }
      rows = 0
      rowsTo = 0
      table.clear()
    }
    const dropped = inRow ? rowFrom : collector.length
    if (dropped > 0) {
      collector.drop(dropped)
      rowFrom = 0
      longNumbers = longNumbers.map((position) => position - dropped).filter((position) => position >= 0)
    }
    if (collector.length > MAX_ROW_BYTES) {
      throw new LookerError(
        `Row ${formatCount(rowsStarted)} of Looker's result is larger than ${MAX_ROW_BYTES / 1024 / 1024} MB. Remove columns with very long texts from the Look.`,
      )
    }
  }

  function takeLongNumbers(): void {
    if (scan.longNumbers.length === 0) return
    const offset = collector.length - collected
    for (const position of scan.longNumbers.splice(0)) longNumbers.push(position + offset)
  }

  function startChunk(bytes: Uint8Array, at: number): void {
    collected = at
    table.startChunk(bytes)
  }

  return { startChunk, startRow, endRow, takeLongNumbers, cut, rowsStarted: () => rowsStarted }
}
