import type { FastifyReply, FastifyRequest } from 'fastify'
import { TOO_MANY_WRONG_TOKENS } from '../connections/refusals.ts'
import { findConnection } from '../connections/token.ts'
import { verifyAccessToken } from './access-token.ts'

/** The token in `Authorization: Bearer ...`. */
function readBearer(request: FastifyRequest): string {
  return /^bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
}

/** For the exchange: the call came through Looker's server proxy, which fills in the connection's token. */
export async function requireConnectionToken(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const token = readBearer(request)
  if (token.startsWith('{{')) {
    await reply.code(401).send({
      success: false,
      error:
        'Looker did not fill in the authorization token. An admin has to create the user attribute heap_data_import_heap_data_import_action_server_token (hidden, with the token of the action server as its value and this server in its domain allowlist) and to give users View access.',
    })
    return
  }
  request.connection = findConnection(await request.server.knownConnections(), token) ?? null
  if (request.connection) return
  if (await request.server.isGuessing(request))
    return void (await reply.code(429).send(TOO_MANY_WRONG_TOKENS))
  await reply.code(401).send({
    success: false,
    error:
      'The authorization token is wrong. An admin has to put the token of the action server into the user attribute of the extension.',
  })
}

/** Sets the connection that a call's short-lived token is for. @returns false when it is none, or has expired */
export async function takeAccessToken(request: FastifyRequest): Promise<boolean> {
  const connections = await request.server.knownConnections()
  request.connection = (await verifyAccessToken(connections, readBearer(request))) ?? null
  return request.connection !== null
}
