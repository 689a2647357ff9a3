import fastifyPlugin from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What metrics call the route. */
    operation?: string
  }
}

/** `GET /metrics` for Prometheus: process, requests, and what became of the rows. */
export const metricsPlugin = fastifyPlugin(
  async (app) => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of requests by operation and status.',
      labelNames: ['operation', 'status'],
      buckets: [0.01, 0.1, 1, 10, 60, 300, 900],
      registers: [registry],
    })
    new Gauge({
      name: 'heap_import_rows',
      help: 'Rows of the imports that are kept (RETENTION_DAYS) by what became of them.',
      labelNames: ['outcome'],
      registers: [registry],
      async collect() {
        // Without its database the server is still worth watching.
        if (!(await app.isDatabaseReady())) return this.reset()
        const counts = await app.repositories.imports.totals()
        for (const [outcome, count] of Object.entries(counts)) this.set({ outcome }, count)
      },
    })
    app.addHook('onResponse', async (request, reply) => {
      const operation = request.routeOptions.config.operation ?? 'unknown'
      duration.observe({ operation, status: reply.statusCode }, reply.elapsedTime / 1_000)
    })
    app.get('/metrics', { config: { operation: 'metrics' } }, async (_, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    )
  },
  { name: 'metrics', dependencies: ['database'] },
)
