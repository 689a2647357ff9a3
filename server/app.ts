import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import fastify from 'fastify'
import { actionHub } from './action-hub/action-hub.ts'
import type { AlertTiming } from './alerts/alerts-plugin.ts'
import { ALERT_TIMING, alertsPlugin } from './alerts/alerts-plugin.ts'
import { boundedLine } from './bounded-log.ts'
import type { DatabaseTiming } from './database/engine/database-timing.ts'
import type { HeapTiming } from './heap/pace/heap-timing.ts'
import { HEAP_TIMING } from './heap/pace/heap-timing.ts'
import { bundleRoute } from './history-api/bundle.ts'
import { historyApi } from './history-api/history-api.ts'
import type { HttpLimits } from './http-limits.ts'
import { HTTP_LIMITS, httpOptions } from './http-limits.ts'
import { metricsPlugin } from './metrics/metrics-plugin.ts'
import { boundedConnectionsPlugin } from './plugins/bounded-connections.ts'
import { closingPlugin } from './plugins/closing.ts'
import { configPlugin } from './plugins/config.ts'
import type { ShowToken } from './plugins/connections.ts'
import { connectionsPlugin } from './plugins/connections.ts'
import { databasePlugin } from './plugins/database.ts'
import { errorsPlugin } from './plugins/errors.ts'
import { healthPlugin } from './plugins/health.ts'
import { importsPlugin } from './plugins/imports.ts'
import { securityHeadersPlugin } from './plugins/security-headers.ts'
import { unreadBodiesPlugin } from './plugins/unread-bodies.ts'
import { wrongTokensPlugin } from './plugins/wrong-tokens.ts'
import { serializeError } from './serialize-error.ts'
import { serializeRequest } from './serialize-request.ts'
import { withSecretFiles } from './settings/secret-files.ts'
import { parseTrustProxy } from './settings/trust-proxy.ts'
import type { Tracing } from './telemetry/tracing.ts'
import { NO_TRACING } from './telemetry/tracing.ts'

/** Compressed entities: some 50 million rows of 8 columns. A disk that is full would stop everything. */
const MAX_WAITING_BYTES = 4 * 1024 ** 3

export type AppOptions = {
  environment: Record<string, string | undefined>
  /** Shows generated tokens to the person who starts the server. */
  showToken: ShowToken
  logger: NonNullable<FastifyServerOptions['logger']>
  /** Bytes that may wait for Heap in the database before deliveries are turned away. */
  maxWaitingBytes?: number
  /** What a caller may take of time and room; tests allow less. */
  httpLimits?: Partial<HttpLimits>
  /** How patient to be with the database; tests are less so. */
  databaseTiming?: Partial<DatabaseTiming>
  /** How patient to be with Heap; tests are less so. */
  heapTiming?: Partial<HeapTiming>
  tracing?: Tracing
  /** Told of the address of every route, for tests. */
  onRoute?: (url: string) => void
  /** How patient to be with receivers of alerts, and where they may be; tests are less patient. */
  alertTiming?: Partial<AlertTiming>
}

declare module 'fastify' {
  interface FastifyInstance {
    limits: HttpLimits
    tracing: Tracing
  }
}

/** Composes the server; it does not listen. Rejects when a setting is wrong or the database cannot be used. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const environment = await withSecretFiles(options.environment)
  const limits = { ...HTTP_LIMITS, ...options.httpLimits }
  const app = fastify({
    logger: withSafeErrors(options.logger),
    ...httpOptions(limits),
    trustProxy: parseTrustProxy(environment.TRUST_PROXY),
    // Opening the embedded database for the first time takes seconds, a PostgreSQL may be slow to answer.
    pluginTimeout: 120_000,
    genReqId: () => crypto.randomUUID(),
    forceCloseConnections: 'idle',
  })
  app.addHook('onRoute', ({ url }) => options.onRoute?.(url))
  app.decorate('limits', limits)
  app.decorate('tracing', options.tracing ?? NO_TRACING)
  app.addHook('onClose', () => app.tracing.stop())
  try {
    await app.register(errorsPlugin)
    await app.register(configPlugin, { environment })
    await app.register(boundedConnectionsPlugin)
    await app.register(securityHeadersPlugin)
    await app.register(unreadBodiesPlugin)
    await app.register(wrongTokensPlugin)
    await app.register(metricsPlugin)
    await app.register(databasePlugin, { timing: options.databaseTiming })
    await app.register(connectionsPlugin, { showToken: options.showToken })
    await app.register(importsPlugin, {
      maxWaitingBytes: options.maxWaitingBytes ?? MAX_WAITING_BYTES,
      heapTiming: { ...HEAP_TIMING, ...options.heapTiming },
    })
    await app.register(alertsPlugin, {
      environment,
      timing: { ...ALERT_TIMING, ...options.alertTiming },
    })
    await app.register(closingPlugin)
    await app.register(healthPlugin)
    await app.register(actionHub)
    await app.register(historyApi, { prefix: '/api' })
    await app.register(bundleRoute)
    await app.ready()
    return app
  } catch (error) {
    await app.close()
    throw error
  }
}

/** Errors can hold cell values and passwords in places that pino's own serializer writes; lines can get very long. */
function withSafeErrors(logger: AppOptions['logger']): AppOptions['logger'] {
  if (logger === false) return false
  const options = logger === true ? {} : logger
  return {
    ...options,
    hooks: { ...options.hooks, streamWrite: boundedLine },
    serializers: { ...options.serializers, err: serializeError, req: serializeRequest },
  }
}
