import helmet from '@fastify/helmet'
import fastifyPlugin from 'fastify-plugin'

/** Nothing of this server is framed, and its one page loads nothing from elsewhere. */
export const securityHeadersPlugin = fastifyPlugin(
  async (app) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"], frameAncestors: ["'none'"] },
      },
    })
  },
  { name: 'security-headers' },
)
