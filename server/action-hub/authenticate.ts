import type { FastifyReply, FastifyRequest } from 'fastify'
import { TOO_MANY_WRONG_TOKENS } from '../connections/refusals.ts'
import { readToken } from '../connections/token.ts'

const REFUSED = {
  success: false,
  error:
    'The authorization token is missing or wrong. In Looker, open Admin > Actions, choose Configure Authorization at this action hub, and enter the token of the action server.',
}

const OF_THE_EXTENSION = {
  success: false,
  error:
    'This is the secret of the extension, which is good for the extension only. In Looker, open Admin > Actions, choose Configure Authorization at this action hub, and enter the authorization token of the action (LOOKER_TOKEN).',
}

/**
 * Answers 403 unless the request carries the token of a connection, and 429 to an address that keeps on
 * guessing.
 */
export async function requireToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (await authenticate(request)) return
  const guessing = await request.server.isGuessing(request)
  if (guessing) return void (await reply.code(429).send(TOO_MANY_WRONG_TOKENS))
  const token = readToken(request.headers.authorization) ?? ''
  const isOfTheExtension = (await request.server.connections.find('extension', token)) !== undefined
  await reply.code(403).send(isOfTheExtension ? OF_THE_EXTENSION : REFUSED)
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
  request.connection = (await request.server.connections.find('action', token)) ?? null
  return request.connection !== null
}
