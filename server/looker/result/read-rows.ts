import type { ResultHeader } from '../../../shared/looker-result/columns.ts'
import type { Row } from '../../../shared/looker-result/row-keys.ts'
import { formatCount } from '../../../shared/text/text-list.ts'
import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { nextToken, openCursor } from '../json-stream/byte-cursor.ts'
import { LookerError } from '../looker-error.ts'
import type { Spool } from '../spool/spool.ts'
import type { RowScanning } from '../transcode/row-table.ts'
import { parseRows } from './parse-rows.ts'
import type { ScannedRows } from './scanned-rows.ts'
import { readScanned } from './scanned-rows.ts'
import { sliceRows } from './slice-rows.ts'

/** How many whole rows have been read, for messages. */
export type Progress = { rows: number }

/** The join keys of so many rows are a gigabyte of memory. */
const MAX_ROWS = 50_000_000

function checkCount({ rows }: Progress): void {
  if (rows <= MAX_ROWS) return
  throw new LookerError(
    `The Look has more than ${formatCount(MAX_ROWS)} rows. Split it into several Looks by a filter.`,
  )
}

/** The rows of the list at the cursor, block by block. */
export async function* readRows(
  cursor: ByteCursor,
  progress: Progress,
  header: ResultHeader,
  scanning: RowScanning,
): AsyncGenerator<ScannedRows, void> {
  const isColumn = columnNames(header)
  for await (const block of sliceRows(cursor, scanning)) {
    const rows = readScanned(block, progress.rows, isColumn)
    progress.rows += rows.count
    checkCount(progress)
    yield rows
  }
}

/** Puts the list at the cursor aside, and moves past it. */
export async function spoolRows(cursor: ByteCursor, spool: Spool, progress: Progress): Promise<void> {
  let before = '['
  for await (const block of sliceRows(cursor)) {
    await spool.write(Buffer.from(before))
    await spool.write(block.bytes)
    progress.rows += block.rows
    checkCount(progress)
    before = ','
  }
  await spool.write(Buffer.from(before === '[' ? '[]' : ']'))
}

/** The rows that `spoolRows` put aside. */
export async function* readSpooledRows(
  spool: Spool,
  progress: Progress,
  header: ResultHeader,
  scanning: RowScanning,
): AsyncGenerator<ScannedRows, void> {
  const cursor = openCursor(spool.read())
  progress.rows = 0
  await nextToken(cursor)
  yield* readRows(cursor, progress, header, scanning)
}

/** The first rows of a list without a head, for what Looker may say in them; none when it cannot be read. */
export async function readPlainList(cursor: ByteCursor): Promise<Row[]> {
  try {
    for await (const block of sliceRows(cursor)) return parseRows(block, 0, () => false)
  } catch (error) {
    if (!(error instanceof LookerError)) throw error
  }
  return []
}

function columnNames({ fields }: ResultHeader): (key: string) => boolean {
  const all = [...fields.dimensions, ...fields.measures, ...fields.pivots, ...fields.table_calculations]
  const names = new Set(
    all.flatMap((field) => [field.name, field.label, field.label_short, field.field_group_label]),
  )
  return (key) => names.has(key)
}
