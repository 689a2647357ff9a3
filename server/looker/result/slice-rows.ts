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
  /** The same and what stands before it: where the table's places count from. */
  source: Buffer
  rows: number
  /** Positions inside the numbers that JSON.parse may not keep, ascending. */
  longNumbers: number[]
  /** Had a key an escape, in this block or before? Rows have the same keys, as a rule. */
  escapedKeys: boolean
  /** Where its rows stand, and the cells of those that a scanner matched. */
  table: RowTable
}

/** Of longer rows that lie across chunks only the end is looked for. */
const MOST_AWAITED_BYTES = 256 * 1024

/** A chunk is taken in pieces of at most so many bytes: what is left of one is moved after each block. */
const PIECE_BYTES = 2 * BLOCK_BYTES

/**
 * Cuts the list of rows at the cursor into blocks of whole rows and moves past the list. Memory holds a block
 * and the row that is being read.
 *
 * @param scanning a scanner to try on each row first: it finds its end, and its cells by the way
 * @throws LookerError `ended`, `depth`, and for what is no row, or too long
 */
export async function* sliceRows(
  cursor: ByteCursor,
  scanning: RowScanning = { memory: null, scanner: null },
): AsyncGenerator<RowBlock, void> {
  const scan = createValueScan()
  const blocks = createBlockBuilder(scan, scanning)
  let expected: 'row or end' | 'row' | 'comma or end' | 'rest of row' = 'row or end'
  cursor.at += 1
  for (;;) {
    const isThereMore = cursor.at < cursor.bytes.length || (await cursor.more())
    const to = Math.min(cursor.bytes.length, cursor.at + PIECE_BYTES)
    let { bytes, at } = blocks.append(cursor.bytes, cursor.at, to)
    cursor.at = to
    while (at < bytes.length) {
      if (expected === 'rest of row') {
        at = scanRow(scan, bytes, at, blocks.rowsStarted())
        blocks.takeLongNumbers()
        if (scan.depth > 0) break
        expected = 'comma or end'
        if (blocks.endRow(at, false)) ({ bytes, at } = yield* blocks.cut(at))
        continue
      }
      const byte = bytes[at] as number
      if (byte === 0x7b && expected !== 'comma or end') {
        const end = blocks.startRow(at)
        if (end === NO_MATCH) {
          // The rest of it may be on its way.
          if (isThereMore && blocks.mayGoOn(at)) break
          expected = 'rest of row'
          continue
        }
        at = end
        expected = 'comma or end'
        if (blocks.endRow(at, true)) ({ bytes, at } = yield* blocks.cut(at))
        continue
      }
      at += 1
      if (isWhiteSpace(byte)) continue
      if (byte === 0x2c && expected === 'comma or end') {
        expected = 'row'
      } else if (byte === 0x5d && expected !== 'row') {
        putBack(cursor, bytes.subarray(at))
        yield* blocks.cut(at)
        return
      } else if (expected === 'comma or end') {
        throw brokenAfterRow(blocks.rowsStarted())
      } else {
        throw noRow(blocks.rowsStarted() + 1)
      }
    }
    yield* blocks.cut(at)
    if (!isThereMore) throw jsonFault('ended')
  }
}

/** Moves the cursor back to what follows the list; a part of it may have come in earlier chunks. */
function putBack(cursor: ByteCursor, rest: Uint8Array): void {
  if (rest.length <= cursor.at) {
    cursor.at -= rest.length
  } else {
    cursor.bytes = Buffer.concat([rest, cursor.bytes.subarray(cursor.at)])
    cursor.at = 0
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

/** What has been read and not handed on: whole rows, the one that was begun, and what comes after. */
type Unread = { bytes: Buffer; at: number }

/** Gathers the bytes of a block. */
function createBlockBuilder(scan: ValueScan, scanning: RowScanning) {
  const collector = createByteCollector(scanning.memory?.source)
  const table = createRowTable(scanning)
  let rowsStarted = 0
  let rowFrom = 0
  let inRow = false
  let rows = 0
  let rowsFrom = 0
  let rowsTo = 0
  /** Up to where everything was looked at. */
  let seenTo = 0
  let longNumbers: number[] = []
  /** Bytes of the row before. */
  let rowBytes = 0

  const unread = (): Unread => ({ bytes: collector.view(0, collector.length), at: seenTo })

  function append(bytes: Uint8Array, from: number, to: number): Unread {
    collector.append(bytes, from, to)
    return unread()
  }

  /** @returns the place after the row, if it was matched; else `NO_MATCH` */
  function startRow(at: number): number {
    if (!inRow) rowsStarted += 1
    if (rows === 0) rowsFrom = at
    inRow = true
    rowFrom = at
    return table.match(at, collector.length)
  }

  /** Is the block full? */
  function endRow(at: number, isMatched: boolean): boolean {
    inRow = false
    rowsTo = at
    rows += 1
    rowBytes = at - rowFrom
    const hasRoom = table.add(rowFrom, at, isMatched)
    return rows >= BLOCK_ROWS || rowsTo >= BLOCK_BYTES || !hasRoom
  }

  /** Hands on the whole rows there are, and keeps what comes after `at`, and the row that was begun. */
  function* cut(at: number): Generator<RowBlock, Unread> {
    if (rows > 0) {
      yield {
        bytes: collector.view(rowsFrom, rowsTo),
        source: collector.view(0, rowsTo),
        table: table.table,
        rows,
        longNumbers: longNumbers.flatMap((position) => (position < rowsTo ? position - rowsFrom : [])),
        escapedKeys: scan.escapedKey,
      }
      rows = 0
      rowsTo = 0
    }
    table.clear()
    const dropped = inRow ? rowFrom : at
    collector.drop(dropped)
    seenTo = at - dropped
    rowFrom = 0
    rowsFrom = 0
    if (longNumbers.length > 0) {
      longNumbers = longNumbers.map((position) => position - dropped).filter((position) => position >= 0)
    }
    if (collector.length > MAX_ROW_BYTES) {
      throw new LookerError(
        `Row ${formatCount(rowsStarted)} of Looker's result is larger than ${MAX_ROW_BYTES / 1024 / 1024} MB. Remove columns with very long texts from the Look.`,
      )
    }
    return unread()
  }

  function takeLongNumbers(): void {
    if (scan.longNumbers.length > 0) longNumbers.push(...scan.longNumbers.splice(0))
  }

  return {
    append,
    startRow,
    endRow,
    /** Is so little there of the row at a place that it may match once the rest has come? */
    mayGoOn: (at: number) =>
      table.table.scanner !== null && collector.length - at < Math.min(rowBytes * 2, MOST_AWAITED_BYTES),
    takeLongNumbers,
    cut,
    rowsStarted: () => rowsStarted,
  }
}
