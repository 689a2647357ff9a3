import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import { tokenRoute } from './token.ts'
import { apiV1 } from './v1/api-v1.ts'

/**
 * The JSON API for the extension. Its calls come from Looker's page in the browser (fetch proxy), so the
 * origins of LOOKER_URL are allowed, without credentials.
 */
export async function historyApi(app: FastifyInstance): Promise<void> {
  await app.register(cors, {
    origin: app.config.lookerOrigins,
    methods: ['GET', 'POST', 'PUT'],
    allowedHeaders: ['authorization', 'content-type'],
    maxAge: 600,
  })
  await app.register(tokenRoute)
  await app.register(apiV1, { prefix: '/v1' })
}
