import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { nextToken } from '../json-stream/byte-cursor.ts'
import { jsonFault } from '../json-stream/json-fault.ts'
import type { ByteBudget } from '../json-stream/read-json.ts'
import { readJson, readValueBytes } from '../json-stream/read-json.ts'
import { createStringScan, unescapeString } from '../json-stream/unescape-string.ts'
import { LookerError } from '../looker-error.ts'
import type { Spool } from '../spool/spool.ts'
import { decodeBase64, looksLikeBase64 } from './decode-base64.ts'

/** How much of the data is looked at to tell base64 from JSON. */
const SNIFFED_BYTES = 1024

/**
 * Keeps `attachment.data` aside: a string without its escapes, or JSON as it stands.
 *
 * @returns false when there is no data (null)
 * @throws LookerError
 */
export async function spoolAttachment(
  cursor: ByteCursor,
  spool: Spool,
  budget: ByteBudget,
): Promise<boolean> {
  const first = await nextToken(cursor)
  if (first === 0x22 /* " */) {
    await spoolString(cursor, spool)
    return true
  }
  if (first === 0x7b /* { */ || first === 0x5b /* [ */) {
    for await (const piece of readValueBytes(cursor)) await spool.write(piece)
    return true
  }
  if ((await readJson(cursor, budget)) === null) return false
  throw new LookerError('The data that Looker sent along is neither text nor JSON.')
}

async function spoolString(cursor: ByteCursor, spool: Spool): Promise<void> {
  const scan = createStringScan()
  cursor.at += 1
  for (;;) {
    const { text, end } = unescapeString(scan, cursor.bytes, cursor.at)
    cursor.at = end
    if (text.length > 0) await spool.write(text)
    if (scan.state === 'ended') return
    if (!(await cursor.more())) throw jsonFault('ended')
  }
}

/**
 * The attachment's content, decoded when it is base64: by its MIME type, or by its look when the type does not
 * say so. JSON is never taken for base64.
 */
export async function* readAttachment(spool: Spool, mimetype: unknown): AsyncGenerator<Uint8Array, void> {
  const head = await readHead(spool)
  const first = head.toString('latin1').trimStart()[0]
  const declared = typeof mimetype === 'string' && /;\s*base64\s*$/i.test(mimetype)
  const isJson = first === '{' || first === '['
  yield* !isJson && (declared || looksLikeBase64(head)) ? decodeBase64(spool.read()) : spool.read()
}

async function readHead(spool: Spool): Promise<Buffer> {
  for await (const chunk of spool.read()) return chunk.subarray(0, SNIFFED_BYTES)
  return Buffer.alloc(0)
}
