import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HOLDS_SECRET } from '../connections/refusals.ts'
import { readToken } from '../connections/token.ts'
import type { HttpLimits } from '../http-limits.ts'
import { LookerError } from '../looker/looker-error.ts'
import type { Envelope } from '../looker/request/read-envelope.ts'
import { readEnvelope } from '../looker/request/read-envelope.ts'
import { limitBody } from './limit-body.ts'

const COMPRESSED = {
  success: false,
  error: 'Compressed requests are not taken. Send the request without Content-Encoding.',
}

/**
 * Looker's calls come with any content type or none, with an empty body or one of hundreds of megabytes. So
 * Fastify reads nothing; the routes read the stream.
 */
export function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  app.addHook('onRequest', refuseCompressed)
}

/**
 * Reads the body of a call; an empty one is an empty object.
 *
 * @throws LookerError when it is no JSON, larger than `maxBytes`, does not come to its end, or repeats a secret
 */
export async function readRequest(
  request: FastifyRequest,
  maxBytes: number,
  limits: HttpLimits,
): Promise<Envelope> {
  const { body } = request
  const envelope = await readEnvelope(
    isByteStream(body) ? limitBody(body, maxBytes, limits.bodySilenceMs) : noBytes(),
  )
  const presented = readToken(request.headers.authorization)
  if (request.server.holdsSecret([envelope.body, request.headers['x-looker-instance']], presented)) {
    await envelope.dispose()
    throw new LookerError(HOLDS_SECRET)
  }
  return envelope
}

/** A few kilobytes could become gigabytes, and Looker compresses nothing. */
async function refuseCompressed(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const encoding = request.headers['content-encoding']
  if (encoding === undefined || encoding === '' || encoding === 'identity') return
  await reply.code(415).send(COMPRESSED)
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
