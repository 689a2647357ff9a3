import type { FastifyReply, FastifyRequest } from 'fastify'
import { TOO_MANY_WRONG_TOKENS } from '../connections/refusals.ts'
import { findConnection, readToken } from '../connections/token.ts'

const REFUSED = {
  success: false,
  error:
    'The authorization token is missing or wrong. In Looker, open Admin > Actions, choose Configure Authorization at this action hub, and enter the token of the action server.',
}

/**
 * Answers 403 unless the request carries the token of a connection, and 429 to an address that keeps on
 * guessing.
 */
export async function requireToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (await authenticate(request)) return
  const guessing = await request.server.isGuessing(request)
  await (guessing ? reply.code(429).send(TOO_MANY_WRONG_TOKENS) : reply.code(403).send(REFUSED))
}

/**
 * For the listing: Looker asks for it before an admin has entered the token, so none is fine; a wrong one is
 * answered with 403, so that the admin learns of it at once.
 */
export async function refuseWrongToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.headers.authorization === undefined) return
  await requireToken(request, reply)
}

async function authenticate(request: FastifyRequest): Promise<boolean> {
  const token = readToken(request.headers.authorization)
  if (token === undefined) return false
  const connections = await request.server.knownConnections()
  request.connection = findConnection(connections, token) ?? null
  return request.connection !== null
}
