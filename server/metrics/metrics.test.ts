import { afterEach, describe, expect, test } from 'vitest'
import { createPostgresDatabase, ENGINES } from '../testing/engines.ts'
import type { ProcessBench } from '../testing/process-bench.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { readMetrics } from '../testing/read-metrics.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** 95 rows, of which 90 can be sent: one without a key, four with a key that came before. */
function* mixedRows() {
  yield* users(90)
  yield { 'users.email': null, 'users.plan': 'free', 'orders.ltv': 1 }
  yield* users(4)
}

const PARAMS = { env_id: '11', property_type: 'user', heap_field: 'Users Email', max_rejected_percent: '50' }

const LOOKS = [
  sampleLook({ id: 'mixed', rows: mixedRows, suggestedParams: PARAMS }),
  sampleLook({ id: 'good', rows: () => users(40), suggestedParams: PARAMS }),
]

describe.each(ENGINES)('the metrics of a server on $engine', ({ createDatabase }) => {
  async function start() {
    const database = await createDatabase()
    cleanups.push(database.remove)
    const bench = await createTestBench({
      database,
      looks: LOOKS,
      environment: { HEAP_BATCH_SIZE: '10' },
      app: { heapTiming: SHORT_PATIENCE },
    })
    // One test closes the database itself.
    cleanups.push(() => bench.close().catch(() => undefined))
    return bench
  }

  test('count imports by their end and rows by what became of them', async () => {
    const { looker, url } = await start()
    await looker.deliver('mixed')
    await looker.deliver('good')
    await looker.deliver('mixed', { ...PARAMS, max_rejected_percent: '0' })
    await looker.deliver('good', { ...PARAMS, dry_run: 'yes' })
    const metrics = await waitFor(async () => {
      const read = await readMetrics(url)
      return read.value('heap_import_dry_runs_total', { end: 'success' }) === 1 && read
    }, 'all are counted')
    const imports = (end: string) => metrics.value('heap_import_imports_total', { end })
    expect([imports('success'), imports('rejected_rows'), imports('failed')]).toEqual([1, 1, 1])
    const rows = (outcome: string) => metrics.value('heap_import_rows_total', { outcome })
    expect(rows('received')).toBe(95 + 40 + 95)
    expect(rows('delivered')).toBe(90 + 40 + 90)
    expect(rows('rejected')).toBe(8)
    expect(rows('skipped')).toBe(2)
    expect(rows('superseded')).toBe(0)
    expect(metrics.value('heap_import_shared_imports', { state: 'reading' })).toBe(0)
    expect(metrics.value('heap_import_database_up')).toBe(1)
    expect(
      metrics.value('heap_import_database_duration_seconds_count', { work: 'transaction' }),
    ).toBeGreaterThan(0)
    expect(metrics.value('heap_import_database_duration_seconds_count', { work: 'queue' })).toBeGreaterThan(0)
    expect(
      metrics.value('heap_import_database_duration_seconds_count', { work: 'statement' }),
    ).toBeGreaterThan(0)
  })

  test('tell what Heap answered, how long it took, and what waits', async () => {
    const { looker, heap, url, app } = await start()
    heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 503, body: '' } }] })
    const delivering = looker.deliver('good')
    const sick = await waitFor(async () => {
      const read = await readMetrics(url)
      const isRetried = (read.value('heap_import_heap_retries_total') ?? 0) > 0
      const isOpen = read.value('heap_import_heap_circuit_state', { environment: '11', state: 'open' }) === 1
      return isRetried && isOpen && read.value('heap_import_shared_waiting_rows') === 40 && read
    }, 'rows wait')
    expect(sick.value('heap_import_heap_request_duration_seconds_count', { status: '503' })).toBeGreaterThan(
      0,
    )
    expect(sick.value('heap_import_heap_entities_total', { result: 'accepted' })).toBe(0)
    expect(sick.value('heap_import_heap_circuit_state', { environment: '11', state: 'closed' })).toBe(0)
    expect(sick.value('heap_import_shared_waiting_batches')).toBe(4)
    expect(sick.value('heap_import_shared_waiting_bytes')).toBeGreaterThan(100)
    expect(sick.value('heap_import_shared_imports', { state: 'sending' })).toBe(1)
    expect(sick.value('heap_import_deliveries', { state: 'open' })).toBe(1)
    await app.database.query("update batches set stored_at = now() - interval '1 hour'")
    await waitFor(
      async () =>
        ((await readMetrics(url)).value('heap_import_shared_oldest_waiting_batch_age_seconds') ?? 0) >= 3_600,
      'the oldest batch is an hour old',
    )

    heap.setFaults({ rules: [] })
    await delivering
    const well = await waitFor(async () => {
      const read = await readMetrics(url)
      return read.value('heap_import_shared_waiting_rows') === 0 && read
    }, 'nothing waits')
    expect(well.value('heap_import_heap_entities_total', { result: 'accepted' })).toBe(40)
    expect(well.value('heap_import_heap_request_duration_seconds_count', { status: '2xx' })).toBeGreaterThan(
      0,
    )
    expect(well.value('heap_import_shared_oldest_waiting_batch_age_seconds')).toBe(0)
    expect(well.value('heap_import_deliveries', { state: 'open' })).toBe(0)
  })

  test('have no value for what the database is asked while it does not answer', async () => {
    const { url, app } = await start()
    expect((await readMetrics(url)).value('heap_import_shared_waiting_rows')).toBe(0)
    await app.database.close()
    const metrics = await waitFor(async () => {
      const read = await readMetrics(url)
      return read.value('heap_import_database_up') === 0 && read
    }, 'the database is known to be gone')
    expect(metrics.samples.filter(({ name }) => name.startsWith('heap_import_shared_'))).toEqual([])
    expect(metrics.value('heap_import_imports_total', { end: 'failed' })).toBe(0)
  })
})

test('two processes: sums of counters are right, what is shared is the same in both', async () => {
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const bench: ProcessBench = await createProcessBench({
    database,
    servers: 2,
    looks: LOOKS,
    environment: { HEAP_BATCH_SIZE: '10' },
  })
  cleanups.push(bench.close)
  const servers = [await bench.start(0), await bench.start(1)]
  await Promise.all([
    bench.looker(0).deliver('good'),
    bench.looker(1).deliver('mixed'),
    bench.looker(0).deliver('mixed'),
  ])
  const read = () => Promise.all(servers.map(({ url }) => readMetrics(url)))
  const sum = (metrics: Awaited<ReturnType<typeof read>>, name: string, labels?: Record<string, string>) =>
    metrics.reduce((total, one) => total + (one.value(name, labels) ?? Number.NaN), 0)
  const metrics = await waitFor(async () => {
    const all = await read()
    const isCounted = sum(all, 'heap_import_rows_total', { outcome: 'received' }) === 40 + 2 * 95
    return (
      isCounted &&
      all.every((one) => one.value('heap_import_shared_rows', { outcome: 'received' }) === 230) &&
      all
    )
  }, 'all are counted')
  expect(sum(metrics, 'heap_import_imports_total', { end: 'success' })).toBe(1)
  expect(sum(metrics, 'heap_import_imports_total', { end: 'rejected_rows' })).toBe(2)
  const accounted = ['delivered', 'rejected', 'skipped', 'superseded'].map((outcome) =>
    sum(metrics, 'heap_import_rows_total', { outcome }),
  )
  expect(accounted.reduce((total, count) => total + count)).toBe(230)
  for (const one of metrics) {
    expect(one.value('heap_import_shared_waiting_batches')).toBe(0)
    expect(one.value('heap_import_shared_rows', { outcome: 'delivered' })).toBe(accounted[0])
  }
})
