import type { FastifyReply, FastifyRequest } from 'fastify'
import { attributeName } from '../../shared/set-up/attribute-name.ts'
import { extensionId, PROJECT, SECRET_KEY } from '../../shared/set-up/installed-names.ts'
import { TOO_MANY_WRONG_TOKENS } from '../connections/refusals.ts'
import { readBearer } from '../connections/token.ts'
import { verifyAccessToken } from './access-token.ts'

const ATTRIBUTE = attributeName(extensionId(PROJECT), SECRET_KEY)

const NOT_FILLED_IN = `Looker did not fill in the secret of the extension. An admin has to create the user attribute ${ATTRIBUTE} (hidden, with EXTENSION_SECRET of the action server as its value and the address of its /api/token in the domain allowlist) and to give users View access.`

const OF_THE_ACTION = `The user attribute ${ATTRIBUTE} holds the authorization token of the action, which everybody who uses the extension could call the action with. An admin has to give it the secret of the extension instead: EXTENSION_SECRET of the action server, which it prints at its first start, or "npm run admin -- connections rotate default --kind extension". Delete the attribute and create it anew, with only the address of /api/token in its domain allowlist; then give the action a new token, as the old one could be read.`

const WRONG = `The secret of the extension is wrong. An admin has to put EXTENSION_SECRET of the action server into the user attribute ${ATTRIBUTE}.`

/** For the exchange: the call came through Looker's server proxy, which fills in the secret of the extension. */
export async function requireExtensionSecret(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { connections } = request.server
  const secret = readBearer(request.headers.authorization)
  if (secret.startsWith('{{')) return void (await refuse(reply, NOT_FILLED_IN))
  request.connection = (await connections.find('extension', secret)) ?? null
  if (request.connection) return
  if (await request.server.isGuessing(request))
    return void (await reply.code(429).send(TOO_MANY_WRONG_TOKENS))
  const isOfTheAction = (await connections.find('action', secret)) !== undefined
  await refuse(reply, isOfTheAction ? OF_THE_ACTION : WRONG)
}

function refuse(reply: FastifyReply, error: string): FastifyReply {
  return reply.code(401).send({ success: false, error })
}

/** Sets the connection that a call's short-lived token is for. @returns false when it is none, or has expired */
export async function takeAccessToken(request: FastifyRequest): Promise<boolean> {
  const { connections, accessKey } = request.server
  const token = readBearer(request.headers.authorization)
  request.connection = (await verifyAccessToken(await connections.all(), token, accessKey)) ?? null
  return request.connection !== null
}
