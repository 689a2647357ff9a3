const NEWLINE = 0x0a

/** Bytes between two lines: a comma for Heap, and a newline, which stands nowhere inside a line. */
const BETWEEN = 2

/**
 * Entities as the body of a request has them: lines of JSON with `,\n` between. Most are sent as they are; where a
 * line begins is only looked up when Heap refuses some of them, or takes fewer at once.
 */
export type EntityLines = {
  count: number
  bytes: Buffer
  /** The lines from `from` up to, and without, `to`. */
  part: (from: number, to: number) => EntityLines
  /** Bytes of one line. */
  size: (index: number) => number
  /** One line, without what stands between lines. */
  text: (index: number) => string
  texts: () => string[]
}

/** @param bytes lines with `,\n` between, `count` of them */
export function entityLines(bytes: Buffer, count: number): EntityLines {
  let known: Int32Array | undefined

  /** Where each line begins, and where one after the last would. */
  function starts(): Int32Array {
    if (known) return known
    known = new Int32Array(count + 1)
    for (let index = 1; index < count; index += 1) {
      known[index] = bytes.indexOf(NEWLINE, known[index - 1]) + 1
    }
    known[count] = bytes.length + BETWEEN
    return known
  }

  const startOf = (index: number) => starts()[index] ?? 0
  const slice = (from: number, to: number) => bytes.subarray(startOf(from), startOf(to) - BETWEEN)

  const lines: EntityLines = {
    count,
    bytes,
    part: (from, to) => (to - from === count ? lines : entityLines(slice(from, to), to - from)),
    size: (index) => startOf(index + 1) - startOf(index) - BETWEEN,
    text: (index) => slice(index, index + 1).toString(),
    texts: () => (count === 0 ? [] : bytes.toString().split(',\n')),
  }
  return lines
}

/** Joins lines that are at hand as texts. */
export function joinLines(lines: readonly string[]): EntityLines {
  return entityLines(Buffer.from(lines.join(',\n')), lines.length)
}
