import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import packageJson from '../../../package.json' with { type: 'json' }

/** `GET /api/v1/openapi.json`: the routes beside it, described by the schemas that they are validated with. */
export const openapiPlugin = fastifyPlugin(async (app: FastifyInstance) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Looker Data Import for Heap',
        description:
          'What became of deliveries. A sync is named by its sync_id, or as plan:<scheduled plan> while it has none.',
        version: packageJson.version,
        license: { name: packageJson.license, identifier: packageJson.license },
      },
      // Relative to the address of the document.
      servers: [{ url: '/api/v1' }],
      components: {
        securitySchemes: {
          accessToken: { type: 'http', scheme: 'bearer', description: 'Of POST /api/token, for 15 minutes.' },
        },
      },
      security: [{ accessToken: [] }],
    },
  })
  app.route({
    method: 'GET',
    url: '/openapi.json',
    config: { operation: 'openapi' },
    schema: { hide: true },
    handler: async () => app.swagger(),
  })
})
