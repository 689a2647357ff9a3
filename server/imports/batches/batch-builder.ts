import { MAX_REQUEST_BYTES } from '../../../shared/heap-limits.ts'
import { copyWithRoom } from '../../heap/entity-lines.ts'
import { createLineBuffer } from '../../looker/transcode/line-buffer.ts'
import { createRowRanges } from './row-ranges.ts'

/**
 * The entities of one batch as the body of a request has them, with room around (`copyWithRoom`), and the numbers of
 * the rows they come from.
 */
export type Batch = { number: number; entities: number; rowRanges: string; bytes: Buffer }

/** What stands between two lines: `,\n`, as one number. */
const BETWEEN = 0x2c0a
const BETWEEN_BYTES = 2

export type BatchBuilder = ReturnType<typeof createBatchBuilder>

/**
 * Cuts entities, written as lines one after the other, into batches: at most `maxEntities`, and at most 1 MB
 * unless a single entity is larger.
 */
export function createBatchBuilder(maxEntities: number) {
  const buffer = createLineBuffer()
  const ranges = createRowRanges()
  let number = 0
  let entities = 0
  /** Bytes of whole lines, each with what stands after it. */
  let length = 0

  /** Hands out what has been gathered, if anything. */
  function cut(): Batch | undefined {
    if (entities === 0) return undefined
    number += 1
    const bytes = copyWithRoom(buffer.bytes.subarray(0, length - BETWEEN_BYTES))
    const batch = { number, entities, rowRanges: ranges.take(), bytes }
    entities = 0
    length = 0
    return batch
  }

  /** Takes in the line that was written up to `end`. @returns the batch that is full by it, if one is */
  function commit(end: number, rowNumber: number): Batch | undefined {
    const start = length
    const isFull = entities >= maxEntities || end + BETWEEN_BYTES > MAX_REQUEST_BYTES
    const full = isFull ? cut() : undefined
    if (full) buffer.bytes.copyWithin(0, start, end)
    length += end - start
    buffer.view.setUint16(length, BETWEEN)
    length += BETWEEN_BYTES
    entities += 1
    ranges.add(rowNumber)
    return full
  }

  /** Writes a line that is at hand as a text, to be committed or forgotten. @returns the place after it */
  function write(line: string): number {
    buffer.reserve(length, line.length * 3)
    return length + buffer.bytes.write(line, length)
  }

  return {
    buffer,
    /** Where the next line is to be written. What is written there and not committed is forgotten. */
    start: () => length,
    commit,
    cut,
    write,
    /** Adds a line that is at hand as a text. @returns the batch that is full by it, if one is */
    add: (line: string, rowNumber: number): Batch | undefined => commit(write(line), rowNumber),
  }
}
