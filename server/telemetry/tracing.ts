/** What is said of a span. Never a cell value, a token, a `sync_id` or an address: whoever sees traces sees it. */
export type SpanFacts = Record<string, string | number | boolean>

/** Where spans are made; without OpenTelemetry nowhere. */
export type Tracing = {
  /** Does something in a span that is a part of the one around it. An error marks it by its name only. */
  span: <T>(
    name: string,
    facts: SpanFacts,
    work: (tell: (facts: SpanFacts) => void) => Promise<T>,
  ) => Promise<T>
  /** What says to another process which span is around this call: a `traceparent` (W3C Trace Context). */
  carry: () => string | undefined
  /** Does something as a part of the span that `carry` told of, wherever that was. */
  under: <T>(traceparent: string | undefined, work: () => Promise<T>) => Promise<T>
  /** Sends what is left to send. */
  stop: () => Promise<void>
}

export const NO_TRACING: Tracing = {
  span: (_name, _facts, work) => work(() => undefined),
  carry: () => undefined,
  under: (_traceparent, work) => work(),
  stop: async () => undefined,
}

/**
 * Do the standard variables ask for traces?
 * See https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function wantsTraces(environment: Record<string, string | undefined>): boolean {
  if (environment.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false
  const exporter = environment.OTEL_TRACES_EXPORTER?.trim() ?? ''
  if (exporter !== '') return exporter !== 'none'
  const endpoints = [environment.OTEL_EXPORTER_OTLP_ENDPOINT, environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT]
  return endpoints.some((endpoint) => (endpoint ?? '').trim() !== '')
}
