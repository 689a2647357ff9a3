import fastifyPlugin from 'fastify-plugin'
import type { Metrics } from './metrics.ts'
import { createMetrics } from './metrics.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What metrics call the route. */
    operation?: string
  }

  interface FastifyInstance {
    metrics: Metrics
  }
}

/** `GET /metrics` for Prometheus; docs/operations/metrics.md explains every one of ours. */
export const metricsPlugin = fastifyPlugin(
  async (app) => {
    const metrics = createMetrics()
    app.decorate('metrics', metrics)
    app.addHook('onResponse', async (request, reply) => {
      const operation = request.routeOptions.config.operation ?? 'unknown'
      metrics.http.answered(operation, reply.statusCode, reply.elapsedTime / 1_000)
    })
    app.get('/metrics', { config: { operation: 'metrics' } }, async (_, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    )
  },
  { name: 'metrics' },
)
