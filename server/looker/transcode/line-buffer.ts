/** Bytes that may be written beyond the end of what is wanted, so that words can be written whole. */
const SLACK = 16

/** Most deliveries are small ones. */
const FIRST_CAPACITY = 16 * 1024

/** A growing buffer of bytes for lines. Growing replaces `bytes` and `view`, so ask for them anew after `reserve`. */
export type LineBuffer = {
  bytes: Buffer
  view: DataView
  /** Makes room for so many bytes after `at`, and some more. */
  reserve: (at: number, length: number) => void
}

export function createLineBuffer(): LineBuffer {
  const first = Buffer.alloc(FIRST_CAPACITY)
  const buffer: LineBuffer = { bytes: first, view: viewOf(first), reserve }

  function reserve(at: number, length: number): void {
    const needed = at + length + SLACK
    if (needed <= buffer.bytes.length) return
    const grown = Buffer.alloc(Math.max(needed, buffer.bytes.length * 2))
    grown.set(buffer.bytes.subarray(0, at))
    buffer.bytes = grown
    buffer.view = viewOf(grown)
  }

  return buffer
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Bytes that are written often. */
export type Piece = { length: number; words: BigInt64Array }

export function pieceOf(text: string): Piece {
  const bytes = Buffer.from(text)
  const padded = viewOf(Uint8Array.from([...bytes, 0, 0, 0, 0, 0, 0, 0]))
  return {
    length: bytes.length,
    words: BigInt64Array.from({ length: wordCount(bytes.length) }, (_, word) =>
      padded.getBigInt64(word * 8, true),
    ),
  }
}

/** In how many words of eight bytes a piece is written: V8 moves these without making BigInts of them. */
export function wordCount(length: number): number {
  return (length + 7) >> 3
}

/** Writes a piece, and up to seven bytes beyond. @returns the place after it */
export function writePiece(view: DataView, at: number, { length, words }: Piece): number {
  for (let word = 0; word < words.length; word += 1)
    view.setBigInt64(at + word * 8, words[word] as bigint, true)
  return at + length
}

/** Longer runs are copied faster by the system. */
const LONG_RUN = 192

/** Copies bytes, and up to three beyond. @returns the place after them */
export function copyRun(
  to: LineBuffer,
  at: number,
  source: Uint8Array,
  view: DataView,
  from: number,
  end: number,
): number {
  const after = at + end - from
  if (end - from > LONG_RUN) {
    to.bytes.set(source.subarray(from, end), at)
    return after
  }
  const target = to.view
  let read = from
  let write = at
  if (end + 3 <= view.byteLength) {
    for (; read < end; read += 4, write += 4) target.setInt32(write, view.getInt32(read, true), true)
    return after
  }
  for (; read < end; read += 1, write += 1) target.setUint8(write, view.getUint8(read))
  return after
}
