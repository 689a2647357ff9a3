import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Envelope } from '../looker/read-envelope.ts'
import { readEnvelope } from '../looker/read-envelope.ts'

/**
 * Looker's calls come with any content type or none, with an empty body or one of hundreds of megabytes. So
 * Fastify reads nothing; the routes read the stream.
 */
export function acceptAnyBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

/** Reads the body of a call; an empty one is an empty object. */
export function readBody(request: FastifyRequest): Promise<Envelope> {
  const body = request.body
  return readEnvelope(isByteStream(body) ? body : noBytes())
}

function isByteStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}
