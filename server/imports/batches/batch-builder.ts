import { MAX_REQUEST_BYTES } from '../../../shared/heap-limits.ts'

/** The entities of one batch as lines of JSON, with the numbers of the rows they come from. */
export type Batch = { number: number; lines: string[]; rowNumbers: number[] }

/**
 * Cuts entities into batches: at most `maxEntities`, and at most 1 MB unless a single entity is larger.
 */
export function createBatchBuilder(maxEntities: number) {
  let number = 0
  let lines: string[] = []
  let rowNumbers: number[] = []
  let bytes = 0

  /** Hands out what has been gathered, if anything. */
  function cut(): Batch | undefined {
    if (lines.length === 0) return undefined
    number += 1
    const batch = { number, lines, rowNumbers }
    lines = []
    rowNumbers = []
    bytes = 0
    return batch
  }

  return {
    cut,
    /** Adds an entity. @returns the batch that is full by it, if one is */
    add(line: string, rowNumber: number): Batch | undefined {
      const size = Buffer.byteLength(line) + 1
      const full = lines.length >= maxEntities || bytes + size > MAX_REQUEST_BYTES ? cut() : undefined
      lines.push(line)
      rowNumbers.push(rowNumber)
      bytes += size
      return full
    },
  }
}
