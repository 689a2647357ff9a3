import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { TOO_MANY_WRONG_TOKENS } from '../connections/refusals.ts'
import { mayReadMetrics } from './may-read-metrics.ts'
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

const REFUSED = {
  success: false,
  error:
    'The metrics are for who presents METRICS_TOKEN as "Authorization: Bearer ...". While it is not set, they are for programs on the machine of the server only.',
}

async function refuse(app: FastifyInstance, request: FastifyRequest, reply: FastifyReply) {
  const isPresented = request.headers.authorization !== undefined
  if (isPresented && (await app.isGuessing(request))) return reply.code(429).send(TOO_MANY_WRONG_TOKENS)
  return reply.code(403).send(REFUSED)
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
    app.get('/metrics', { config: { operation: 'metrics' } }, async (request, reply) => {
      if (!mayReadMetrics(request, app.config.metricsTokens)) return refuse(app, request, reply)
      return reply
        .type(metrics.registry.contentType)
        .header('cache-control', 'no-store')
        .send(await metrics.registry.metrics())
    })
  },
  { name: 'metrics' },
)
