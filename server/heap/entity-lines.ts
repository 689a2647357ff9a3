const NEWLINE = 0x0a

/** Bytes between two lines: a comma for Heap, and a newline, which stands nowhere inside a line. */
const BETWEEN = 2

/** Bytes around lines that were copied with room: the head of a request is shorter. */
const ROOM = 256

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
  /** The lines between a head and a tail; copied only when there is no room around them. */
  within: (head: string, tail: string) => Buffer
}

/** Copies lines into bytes of their own, with room for the head and the tail of a request around them. */
export function copyWithRoom(lines: Uint8Array): Buffer {
  const around = Buffer.allocUnsafeSlow(ROOM + lines.length + ROOM)
  around.set(lines, ROOM)
  return around.subarray(ROOM, ROOM + lines.length)
}

/**
 * @param bytes lines with `,\n` between, `count` of them
 * @param hasRoom they were copied by `copyWithRoom`
 */
export function entityLines(bytes: Buffer, count: number, hasRoom = false): EntityLines {
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
    within: (head, tail) => (hasRoom ? writeAround(bytes, head, tail) : concat(bytes, head, tail)),
  }
  return lines
}

function concat(bytes: Buffer, head: string, tail: string): Buffer {
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)])
}

/** Nobody reads what is around the lines but the request, so that sending them twice is harmless. */
function writeAround(bytes: Buffer, head: string, tail: string): Buffer {
  const before = Buffer.byteLength(head)
  const after = Buffer.byteLength(tail)
  if (before > ROOM || after > ROOM) return concat(bytes, head, tail)
  const body = Buffer.from(bytes.buffer, bytes.byteOffset - before, before + bytes.length + after)
  body.write(head)
  body.write(tail, before + bytes.length)
  return body
}

/** Joins lines that are at hand as texts. */
export function joinLines(lines: readonly string[]): EntityLines {
  return entityLines(Buffer.from(lines.join(',\n')), lines.length)
}
