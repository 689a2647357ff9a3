import { MAX_REQUEST_BYTES } from '../../shared/heap-limits.ts'

/** The lines from `from` up to, and without, `to`. */
export type Range = { from: number; to: number }

/** A comma and a newline. */
const BETWEEN_BYTES = 2

/** Bytes left for the envelope; the environment ID is the only part of it that varies. */
const ENVELOPE_BYTES = 200

/** Most bytes of one line; a longer one fits into no request. */
export const MAX_LINE_BYTES = MAX_REQUEST_BYTES - ENVELOPE_BYTES

/**
 * The first part of a range that fits into one request: at most `most` lines and 1 MB, but always one line.
 *
 * @param sizeOf bytes of a line
 */
export function firstPart(range: Range, sizeOf: (index: number) => number, most: number): Range {
  let to = range.from
  let bytes = 0
  while (to < range.to && to - range.from < most) {
    bytes += sizeOf(to) + BETWEEN_BYTES
    if (bytes > MAX_LINE_BYTES && to > range.from) break
    to += 1
  }
  return { from: range.from, to }
}

/** The two halves of a range of two lines or more. */
export function halves({ from, to }: Range): [Range, Range] {
  const middle = from + Math.ceil((to - from) / 2)
  return [
    { from, to: middle },
    { from: middle, to },
  ]
}

/**
 * The ranges of lines that have these sizes, in their order; what is left of `count` is one more range.
 *
 * @param parts sizes from 0; what exceeds `count` is left out
 */
export function toRanges(parts: readonly number[], count: number): Range[] {
  const ranges: Range[] = []
  let from = 0
  for (const size of [...parts, count]) {
    const to = Math.min(count, from + size)
    if (to > from) ranges.push({ from, to })
    from = to
  }
  return ranges
}
