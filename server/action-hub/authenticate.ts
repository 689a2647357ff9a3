import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Connection } from '../database/connection-repository.ts'
import { findConnection, readToken } from './token.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every route that requires a token. */
    connection: Connection | null
  }
}

const REFUSED = {
  success: false,
  error:
    'The authorization token is missing or wrong. In Looker, open Admin > Actions, choose Configure Authorization at this action hub, and enter the token of the action server.',
}

/** Answers 403 unless the request carries the token of a connection. */
export async function requireToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (!(await authenticate(request))) await reply.code(403).send(REFUSED)
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
