import { context, propagation, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { NodeSDK } from '@opentelemetry/sdk-node'
import type { Tracing } from './tracing.ts'

const NAME = 'looker-data-import-for-heap'

/**
 * Starts OpenTelemetry's SDK, which reads its own environment variables: where spans go, how, and how many. Only
 * traces: metrics are Prometheus', logs go to the output. Nothing is instrumented by itself, as that would tell of
 * download addresses and SQL.
 */
export function startOpenTelemetry(): Tracing {
  const sdk = new NodeSDK({
    serviceName: process.env.OTEL_SERVICE_NAME ?? NAME,
    instrumentations: [],
    metricReaders: [],
    logRecordProcessors: [],
  })
  sdk.start()
  const tracer = trace.getTracer(NAME)

  return {
    span: (name, facts, work) =>
      tracer.startActiveSpan(name, { attributes: facts }, async (span) => {
        try {
          return await work((more) => span.setAttributes(more))
        } catch (error) {
          // The text of an error may hold what the database was given.
          span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown')
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      }),
    carry() {
      const carrier: Record<string, string> = {}
      propagation.inject(context.active(), carrier)
      return carrier.traceparent
    },
    under: (traceparent, work) =>
      traceparent === undefined
        ? work()
        : context.with(propagation.extract(ROOT_CONTEXT, { traceparent }), work),
    stop: () => sdk.shutdown(),
  }
}
