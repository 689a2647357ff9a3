import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AccessTokenSchema } from '../../shared/api/access-token.ts'
import { ApiErrorSchema } from '../../shared/api/api-error.ts'
import { ACCESS_TOKEN_SECONDS, createAccessToken } from './access-token.ts'
import { requireExtensionSecret } from './authenticate.ts'

/**
 * `POST /api/token`: exchanges the extension's secret, which browsers never see, for a short-lived one. The
 * body says nothing. What Looker's server proxy makes of a request's body and content type is not published,
 * so that any is taken, and none.
 */
export const tokenRoute: FastifyPluginAsyncTypebox = async (app) => {
  // Fastify refuses what is no media type before any parser is asked.
  app.addHook('onRequest', async ({ headers }) => {
    delete headers['content-type']
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined))
  app.route({
    method: 'POST',
    url: '/token',
    config: { operation: 'accessToken' },
    schema: { response: { 200: AccessTokenSchema, '4xx': ApiErrorSchema } },
    onRequest: requireExtensionSecret,
    handler: async (request, reply) => {
      if (!request.connection) return reply.code(401).send({ success: false, error: 'No connection.' })
      reply.header('cache-control', 'no-store')
      return {
        accessToken: await createAccessToken(request.connection, app.accessKey),
        expiresInSeconds: ACCESS_TOKEN_SECONDS,
      }
    },
  })
}
