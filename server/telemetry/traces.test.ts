import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { createPostgresDatabase } from '../testing/engines.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'
import { NO_TRACING, wantsTraces } from './tracing.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Span = { name: string; traceId: string; spanId: string; parentSpanId?: string }

/** A receiver of OpenTelemetry's protocol in JSON: https://opentelemetry.io/docs/specs/otlp/#otlphttp */
async function receiveSpans() {
  const bodies: string[] = []
  const server = createServer(async (request, response) => {
    bodies.push(`${request.url} ${await text(request)}`)
    response.setHeader('content-type', 'application/json').end('{}')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  cleanups.push(async () => server.close())
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans(): Span[] {
      return bodies.flatMap((body) => {
        const { resourceSpans } = JSON.parse(body.slice(body.indexOf(' ')))
        return resourceSpans.flatMap((resource: { scopeSpans: { spans: Span[] }[] }) =>
          resource.scopeSpans.flatMap(({ spans }) => spans),
        )
      })
    },
  }
}

const MARK = 'XYZZY'
const SYNC_ID = 'a-secret-sync-id-XYZZY'

const LOOK = sampleLook({
  id: '1',
  *rows() {
    yield* users(30)
    yield { 'users.email': `${MARK}@example.com`, 'users.plan': MARK, 'orders.ltv': 1 }
  },
  suggestedParams: { env_id: '11', property_type: 'user', heap_field: 'Users Email', sync_id: SYNC_ID },
})

test('an import is one trace, across processes, and nothing in it is a secret', async () => {
  const collector = await receiveSpans()
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const bench = await createProcessBench({
    database,
    looks: [LOOK],
    servers: 2,
    environment: {
      HEAP_BATCH_SIZE: '10',
      RESPONSE_DEADLINE: '0',
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
    faults: [{ fault: { kind: 'answer', status: 503 } }],
  })
  cleanups.push(bench.close)
  const first = await bench.start(0)
  expect(await bench.looker(0).deliver('1', undefined, { planId: '4711' })).toMatchObject({
    status: 'success',
  })
  // What the first process has stored the second one sends.
  expect(await first.end('SIGTERM')).toBe(0)
  bench.heap.setFaults({ rules: [] })
  await bench.start(1)
  await waitFor(async () => (await bench.rows('delivered', 1)) === 31, 'all rows are delivered')
  // A span is sent when it has ended, so that those around it come later.
  const spans = await waitFor(() => {
    const sent = collector.spans()
    const ids = new Set(sent.map(({ spanId }) => spanId))
    const isWhole = sent.every(({ parentSpanId = '' }) => parentSpanId === '' || ids.has(parentSpanId))
    return isWhole && collector.bodies.some((body) => body.includes('"accepted"')) && sent
  }, 'the second process tells of its requests')
  const names = [...new Set(spans.map(({ name }) => name))].sort()
  expect(names).toEqual(['execute', 'read rows', 'request to Heap', 'send batch', 'store rows'])
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1)
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const parentOf = (name: string) =>
    new Set(spans.filter((span) => span.name === name).map((span) => byId.get(span.parentSpanId ?? '')?.name))
  expect(parentOf('execute')).toEqual(new Set([undefined]))
  expect(parentOf('read rows')).toEqual(new Set(['execute']))
  expect(parentOf('store rows')).toEqual(new Set(['read rows']))
  expect(parentOf('send batch')).toEqual(new Set(['store rows']))
  expect(parentOf('request to Heap')).toEqual(new Set(['send batch']))

  const all = collector.bodies.join('\n')
  expect(all).toContain('"import.sync"')
  expect(all).toContain('looker-data-import-for-heap')
  expect(all).not.toContain(MARK)
  expect(all).not.toContain(TOKEN)
  expect(all).not.toMatch(/downloads?\/|user\d+@example|select |insert into/i)
})

test('traces are asked for by the standard variables only', () => {
  expect(wantsTraces({})).toBe(false)
  expect(wantsTraces({ OTEL_SERVICE_NAME: 'x' })).toBe(false)
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: '' })).toBe(false)
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' })).toBe(true)
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' })).toBe(true)
  expect(wantsTraces({ OTEL_TRACES_EXPORTER: 'console' })).toBe(true)
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_TRACES_EXPORTER: 'none' })).toBe(false)
  expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_SDK_DISABLED: 'True' })).toBe(false)
})

test('without traces the work is done all the same', async () => {
  expect(await NO_TRACING.span('name', {}, async () => 1)).toBe(1)
  expect(await NO_TRACING.under('00-x', async () => 2)).toBe(2)
  expect(NO_TRACING.carry()).toBeUndefined()
})
