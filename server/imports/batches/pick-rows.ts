import type { StoredBatch } from '../../database/repositories/intake-repository.ts'
import type { RemainingRows } from '../../database/repositories/order-repository.ts'
import { joinLines } from '../../heap/entity-lines.ts'
import type { Batch } from './batch-builder.ts'
import { packLines } from './batch-payload.ts'
import { toRowRanges } from './row-ranges.ts'

/** Rows taken out of batches: their lines and the numbers they have in Looker's result. */
type PickedRows = { lines: string[]; rowNumbers: number[] }

/** Parts the rows of a batch in two by a question about their places. */
export function partRows(
  { lines, rowNumbers }: PickedRows,
  isMarked: (index: number) => boolean,
): { marked: PickedRows; others: PickedRows } {
  const marked: PickedRows = { lines: [], rowNumbers: [] }
  const others: PickedRows = { lines: [], rowNumbers: [] }
  for (const [index, line] of lines.entries()) {
    const side = isMarked(index) ? marked : others
    side.lines.push(line)
    side.rowNumbers.push(rowNumbers[index] ?? 0)
  }
  return { marked, others }
}

/** A batch as the database keeps it. */
export function packBatch({ entities, rowRanges, bytes }: Batch): Omit<StoredBatch, 'number'> {
  return { entities, rowRanges, payload: packLines({ bytes }) }
}

/** Rows as the database keeps them; null for none. */
export function packRows({ lines, rowNumbers }: PickedRows): RemainingRows {
  if (lines.length === 0) return null
  return {
    entities: lines.length,
    rowRanges: toRowRanges(rowNumbers),
    payload: packLines(joinLines(lines)),
  }
}
