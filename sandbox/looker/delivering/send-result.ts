import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply } from 'fastify'
import type { Look } from '../look.ts'
import type { DeliveryRecord } from './delivery-record.ts'
import type { ResultFault } from './result-fault.ts'
import { applyFault, LOGIN_PAGE } from './result-fault.ts'
import type { WriteOptions } from './write-result.ts'
import { writeResult } from './write-result.ts'

/** What a download URL stands for. */
export type OfferedResult = {
  look: Look
  record: DeliveryRecord
  options: WriteOptions
  fault?: ResultFault
}

/**
 * Answers a download with the result as it is written. Looker runs the query when the URL is fetched, so
 * status and headers leave at once and the rows when they come.
 */
export async function sendResult(offered: OfferedResult, reply: FastifyReply): Promise<FastifyReply> {
  const { look, record, options, fault } = offered
  record.downloads += 1
  if (fault?.kind === 'html') return reply.type('text/html; charset=utf-8').send(LOGIN_PAGE)
  if (fault?.kind === 'status')
    return reply.code(fault.status).type('text/plain').send('the query was killed')

  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  raw.flushHeaders()
  const closed = new AbortController()
  raw.once('close', () => closed.abort())
  const connection = { reset: () => raw.socket?.resetAndDestroy(), closed: closed.signal }
  const pieces = applyFault(writeResult(look, options), fault, () => record.rowsSent, connection)
  // That the reader left early, or that a fault cut the connection, shows in the action's answer.
  await pipeline(Readable.from(pieces, { objectMode: false }), raw).catch(() => raw.destroy())
  return reply
}
