import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AccessTokenSchema, ApiErrorSchema } from '../../shared/api.ts'
import { ACCESS_TOKEN_SECONDS, createAccessToken } from './access-token.ts'
import { requireConnectionToken } from './authenticate.ts'

/** `POST /api/token`: exchanges the connection's token, which browsers never see, for a short-lived one. */
export const tokenRoute: FastifyPluginAsyncTypebox = async (app) => {
  app.route({
    method: 'POST',
    url: '/token',
    config: { operation: 'accessToken' },
    schema: { response: { 200: AccessTokenSchema, '4xx': ApiErrorSchema } },
    onRequest: requireConnectionToken,
    handler: async (request, reply) => {
      if (!request.connection) return reply.code(401).send({ success: false, error: 'No connection.' })
      reply.header('cache-control', 'no-store')
      return {
        accessToken: await createAccessToken(request.connection),
        expiresInSeconds: ACCESS_TOKEN_SECONDS,
      }
    },
  })
}
