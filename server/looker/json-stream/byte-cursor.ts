/** A place in a byte stream: the chunk at hand and the position in it. Whoever reads moves `at` on. */
export type ByteCursor = {
  bytes: Uint8Array
  at: number
  /** Replaces a used-up chunk by the next one; false at the end of the stream. */
  more: () => Promise<boolean>
  /** Tells the source that nothing more will be read. */
  close: () => Promise<void>
}

/** What `nextToken` answers at the end of the stream. */
export const END = -1

/** Puts a cursor at the start of a stream. */
export function openCursor(source: AsyncIterable<Uint8Array>): ByteCursor {
  const chunks = source[Symbol.asyncIterator]()
  const cursor: ByteCursor = { bytes: new Uint8Array(0), at: 0, more, close }

  async function more(): Promise<boolean> {
    for (;;) {
      const next = await chunks.next()
      cursor.at = 0
      cursor.bytes = next.done ? new Uint8Array(0) : next.value
      if (next.done) return false
      if (next.value.length > 0) return true
    }
  }

  async function close(): Promise<void> {
    await chunks.return?.()
  }

  return cursor
}

/** Is this byte white space in JSON? */
export function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Moves past white space and answers the byte there, or `END`; the cursor stays on that byte. */
export async function nextToken(cursor: ByteCursor): Promise<number> {
  for (;;) {
    for (; cursor.at < cursor.bytes.length; cursor.at += 1) {
      const byte = cursor.bytes[cursor.at] as number
      if (!isWhiteSpace(byte)) return byte
    }
    if (!(await cursor.more())) return END
  }
}

/** Moves past a UTF-8 byte order mark at the start of a stream, which RFC 8259 lets a reader ignore. */
export async function skipByteOrderMark(cursor: ByteCursor): Promise<void> {
  for (const byte of [0xef, 0xbb, 0xbf]) {
    if (cursor.at === cursor.bytes.length && !(await cursor.more())) return
    if (cursor.bytes[cursor.at] !== byte) return
    cursor.at += 1
  }
}
