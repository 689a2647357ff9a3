import type { ByteCursor } from '../json-stream/byte-cursor.ts'
import { END, nextToken, openCursor, skipByteOrderMark } from '../json-stream/byte-cursor.ts'
import { jsonFault, jsonFaultOf } from '../json-stream/json-fault.ts'
import type { ByteBudget } from '../json-stream/read-json.ts'
import { readJson, readMembers } from '../json-stream/read-json.ts'
import type { JsonFault } from '../looker-error.ts'
import { LookerError } from '../looker-error.ts'
import type { Spool } from '../spool/spool.ts'
import { createSpool } from '../spool/spool.ts'
import { readAttachment, spoolAttachment } from './read-attachment.ts'

/** All of a request but `attachment.data`, in bytes. The largest part is the query in `scheduled_plan`. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

/** What Looker posts, with the data that it may send along (download setting `push`) kept aside. */
export type Envelope = {
  /** The request's JSON without `attachment.data`; `{}` for an empty request. */
  body: Record<string, unknown>
  /** Null when no data came along: they wait at `scheduled_plan.download_url`. */
  attachment: { open: () => AsyncIterable<Uint8Array> } | null
  /** Frees memory and disk; always to be called. */
  dispose: () => Promise<void>
}

/**
 * Reads the body of a request of Looker's, chunked in any way; the data may be of any size. After an error the
 * source is left as it is, so that an answer can still be sent over its connection.
 *
 * @param options.spoolDirectory where data above 1 MB are kept; default: the system's temporary folder
 * @throws LookerError, and whatever `bytes` throws
 */
export async function readEnvelope(
  bytes: AsyncIterable<Uint8Array>,
  options: { spoolDirectory?: string } = {},
): Promise<Envelope> {
  const cursor = openCursor(bytes)
  const spool = createSpool(options.spoolDirectory)
  try {
    return await readRoot(cursor, spool)
  } catch (error) {
    await spool.close()
    const fault = jsonFaultOf(error)
    throw fault === null ? error : brokenEnvelope(fault)
  }
}

async function readRoot(cursor: ByteCursor, spool: Spool): Promise<Envelope> {
  const members = new Map<string, unknown>()
  const budget = { left: MAX_BODY_BYTES }
  let attachment: Attachment = { members: null, hasData: false }
  await skipByteOrderMark(cursor)
  if ((await nextToken(cursor)) !== END) {
    for await (const key of readMembers(cursor, budget)) {
      if (key !== 'attachment' || (await nextToken(cursor)) !== 0x7b /* { */) {
        members.set(key, await readJson(cursor, budget))
      } else if (attachment.members !== null) {
        throw twice('attachment')
      } else {
        attachment = await readAttachmentMembers(cursor, spool, budget)
        members.set(key, attachment.members)
      }
    }
    if ((await nextToken(cursor)) !== END) throw jsonFault('syntax')
  }
  const { hasData, members: described } = attachment
  return {
    body: Object.fromEntries(members),
    attachment: hasData ? { open: () => readAttachment(spool, described?.mimetype) } : null,
    dispose: () => spool.close(),
  }
}

type Attachment = { members: Record<string, unknown> | null; hasData: boolean }

async function readAttachmentMembers(
  cursor: ByteCursor,
  spool: Spool,
  budget: ByteBudget,
): Promise<Attachment> {
  const members = new Map<string, unknown>()
  let data: 'missing' | 'null' | 'spooled' = 'missing'
  for await (const key of readMembers(cursor, budget)) {
    if (key !== 'data') {
      members.set(key, await readJson(cursor, budget))
    } else if (data !== 'missing') {
      throw twice('attachment.data')
    } else {
      data = (await spoolAttachment(cursor, spool, budget)) ? 'spooled' : 'null'
    }
  }
  return { members: Object.fromEntries(members), hasData: data === 'spooled' }
}

function twice(what: string): LookerError {
  return new LookerError(`The request has its ${what} twice.`)
}

function brokenEnvelope(fault: JsonFault): LookerError {
  switch (fault) {
    case 'ended':
      return new LookerError('The request broke off before its end. Send the Look again.')
    case 'size':
      return new LookerError(
        'The request is larger than 8 MB, not counting the data sent along.',
        'too-large',
      )
    case 'depth':
      return new LookerError('The request is nested too deeply.')
    case 'syntax':
    case 'encoding':
      return new LookerError('The request is not valid JSON, as Looker sends it.')
  }
}
