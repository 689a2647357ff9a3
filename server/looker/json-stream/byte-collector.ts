/** Most of what is collected are values of a head, some thirty of them in every result. */
const FIRST_CAPACITY = 512

/** Bytes that grow. Growing replaces `bytes`, so ask for them anew after `reserve`. */
export type GrowingBytes = {
  readonly bytes: Buffer
  /** Makes room for so many bytes after `at`, without losing those before. */
  reserve: (at: number, length: number) => void
}

/** Collects pieces: appending costs the same per byte however small they are. */
export type ByteCollector = {
  /** Bytes held. */
  readonly length: number
  append: (bytes: Uint8Array, from: number, to: number) => void
  /** A view of the bytes from `from` to `to`; it is valid until the next change. */
  view: (from: number, to: number) => Buffer
  /** Forgets the first `count` bytes. */
  drop: (count: number) => void
}

/** @param buffer where to; nobody else may use it */
export function createByteCollector(buffer: GrowingBytes = growingBytes()): ByteCollector {
  let length = 0

  return {
    get length() {
      return length
    },
    append(bytes, from, to) {
      buffer.reserve(length, to - from)
      buffer.bytes.set(bytes.subarray(from, to), length)
      length += to - from
    },
    view: (from, to) => buffer.bytes.subarray(from, to),
    drop(count) {
      if (count < length) buffer.bytes.copyWithin(0, count, length)
      length -= count
    },
  }
}

function growingBytes(): GrowingBytes {
  let bytes = Buffer.allocUnsafe(FIRST_CAPACITY)
  return {
    get bytes() {
      return bytes
    },
    reserve(at, length) {
      if (at + length <= bytes.length) return
      const grown = Buffer.allocUnsafe(Math.max(at + length, bytes.length * 2))
      grown.set(bytes.subarray(0, at))
      bytes = grown
    },
  }
}
