import fastifyPlugin from 'fastify-plugin'

/** `GET /healthz`: the process runs. `GET /readyz`: it can take a delivery, so the database answers. */
export const healthPlugin = fastifyPlugin(
  async (app) => {
    app.get('/healthz', { config: { operation: 'health' } }, async () => ({
      status: 'ok',
    }))
    app.get('/readyz', { config: { operation: 'readiness' } }, async (request, reply) => {
      if (await app.isDatabaseReady()) return { status: 'ready' }
      request.log.warn('not ready')
      return reply.code(503).send({ status: 'unavailable', error: 'The database does not answer.' })
    })
  },
  { name: 'health', dependencies: ['database'] },
)
