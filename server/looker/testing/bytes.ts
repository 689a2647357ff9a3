import type { ResultHeader } from '../../../shared/looker-result/columns.ts'
import type { Row } from '../../../shared/looker-result/row-keys.ts'
import type { Remark } from '../../../shared/report/remark.ts'
import type { ResultPart } from '../result/read-result.ts'

/** A text or bytes as a stream of chunks of `size` bytes. */
export async function* chunksOf(content: string | Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

/** Cuts bytes into chunks of the given sizes, over and over. */
export async function* chunksOfSizes(
  bytes: Uint8Array,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

export async function allBytes(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const chunk of chunks) pieces.push(Buffer.from(chunk))
  return Buffer.concat(pieces)
}

/** All parts of a result put together; checks that the header came once and first. */
export async function wholeResult(
  parts: AsyncIterable<ResultPart>,
): Promise<{ header: ResultHeader; rows: Row[]; remarks: Remark[] }> {
  let header: ResultHeader | undefined
  const rows: Row[] = []
  const remarks: Remark[] = []
  for await (const part of parts) {
    if (part.kind === 'rows' && header === undefined) throw new Error('rows before the header')
    if (part.kind === 'rows') rows.push(...part.rows.others)
    else if (part.kind === 'remarks') remarks.push(...part.remarks)
    else if (header === undefined) header = part.header
    else throw new Error('a second header')
  }
  if (header === undefined) throw new Error('no header')
  return { header, rows, remarks }
}
