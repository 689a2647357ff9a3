/** Most of what is collected are values of a head, some thirty of them in every result. */
const FIRST_CAPACITY = 512

/** A growing buffer: appending costs the same per byte however small the pieces are. */
type ByteCollector = {
  /** Bytes held. */
  readonly length: number
  append: (bytes: Uint8Array, from: number, to: number) => void
  /** A view of the bytes from `from` to `to`; it is valid until the next change. */
  view: (from: number, to: number) => Buffer
  /** Forgets the first `count` bytes. */
  drop: (count: number) => void
}

export function createByteCollector(): ByteCollector {
  let buffer = Buffer.allocUnsafe(FIRST_CAPACITY)
  let length = 0

  function append(bytes: Uint8Array, from: number, to: number): void {
    const end = length + to - from
    if (end > buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(end, buffer.length * 2))
      grown.set(buffer.subarray(0, length))
      buffer = grown
    }
    buffer.set(bytes.subarray(from, to), length)
    length = end
  }

  function drop(count: number): void {
    buffer.copyWithin(0, count, length)
    length -= count
  }

  return {
    get length() {
      return length
    },
    append,
    view: (from, to) => buffer.subarray(from, to),
    drop,
  }
}
