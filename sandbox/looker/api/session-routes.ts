import type { FastifyInstance, FastifyReply } from 'fastify'
import { errorBody, LookerApiError } from './api-error.ts'
import type { LookerInstance } from './instance.ts'
import { bearerOf } from './request-user.ts'
import { SESSION_SECONDS } from './sessions.ts'

/**
 * `POST /login` and `DELETE /logout`. The credentials come in the body, as a form; in the query they "will be
 * deprecated before the end of 2026". A wrong key is not found, as the API description has no 401 for it.
 */
export async function addSessionRoutes(
  app: FastifyInstance,
  { sessions }: LookerInstance,
  prefix: string,
): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  )
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) => done(null, undefined))

  app.post(`${prefix}/login`, async ({ body }, reply) => {
    const form = body instanceof URLSearchParams ? body : new URLSearchParams()
    const [clientId, clientSecret] = [form.get('client_id') ?? '', form.get('client_secret') ?? '']
    const token = sessions.login({ clientId, clientSecret })
    if (token === null) return refuse(reply, 'post/login')
    return { access_token: token, token_type: 'Bearer', expires_in: SESSION_SECONDS, refresh_token: null }
  })
  app.delete(`${prefix}/logout`, async (request, reply) =>
    sessions.logout(bearerOf(request)) ? reply.code(204).send() : refuse(reply, 'delete/logout'),
  )
}

function refuse(reply: FastifyReply, operation: string): FastifyReply {
  return reply.code(404).send(errorBody(new LookerApiError(404, 'Not found'), operation))
}
