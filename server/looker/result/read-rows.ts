import type { Row } from '../../../shared/row-mapper.ts'
import { formatCount } from '../../../shared/text-list.ts'
import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { nextToken, openCursor } from '../json-stream/byte-cursor.ts'
import { LookerError } from '../looker-error.ts'
import type { Spool } from '../spool/spool.ts'
import { parseRows } from './parse-rows.ts'
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
export async function* readRows(cursor: ByteCursor, progress: Progress): AsyncGenerator<Row[], void> {
  for await (const block of sliceRows(cursor)) {
    const rows = parseRows(block, progress.rows)
    progress.rows += rows.length
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
export async function* readSpooledRows(spool: Spool, progress: Progress): AsyncGenerator<Row[], void> {
  const cursor = openCursor(spool.read())
  progress.rows = 0
  await nextToken(cursor)
  yield* readRows(cursor, progress)
}
