import { afterEach, expect, test } from 'vitest'
import type { Look, LookRow } from '../../sandbox/looker/look.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import type { ProcessBench } from '../testing/process-bench.ts'
import { createProcessBench } from '../testing/process-bench.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { waitFor } from '../testing/wait-for.ts'
import { INTERRUPTED } from './housekeeping.ts'

const SERVERS = [0, 1, 2]
const ROWS = 6_000
const CONCURRENCY = 3

/** A missed heartbeat is noticed after 15 to 25 seconds, a reader that is gone after 30 to 50. */
const HEARTBEAT_MISSED_MILLISECONDS = 60_000
const READER_GONE_MILLISECONDS = 90_000

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function createBench(looks: Look[], concurrency = CONCURRENCY): Promise<ProcessBench> {
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const bench = await createProcessBench({
    database,
    looks,
    servers: SERVERS.length,
    environment: { HEAP_BATCH_SIZE: '50', HEAP_CONCURRENCY: String(concurrency) },
    faults: [{ fault: { kind: 'latency', ms: [5, 60] } }],
  })
  cleanups.push(bench.close)
  return bench
}

/** Rows that no other Look has, for an environment. */
function look(number: number, environment: string): Look {
  return sampleLook({
    id: `look-${number}`,
    rows: () => users(ROWS, number * 100_000),
    suggestedParams: {
      env_id: environment,
      property_type: 'user',
      heap_field: 'Users Email',
      match_by: 'identity',
    },
  })
}

/** Each Look has a plan of its own: deliveries of one plan would replace each other. */
function send(bench: ProcessBench, server: number, lookId: string) {
  return bench.looker(server).deliver(lookId, undefined, { planId: `plan of ${lookId}` })
}

async function expectAllFinished(bench: ProcessBench, count: number): Promise<void> {
  const imports = await bench.imports()
  expect(imports).toHaveLength(count)
  for (const row of imports) {
    expect(row).toMatchObject({ state: 'finished', received: ROWS, delivered: ROWS, failure: null })
  }
}

test('servers that start at once on an empty database share deliveries, batches and the limit of an environment', async () => {
  const looks = [look(1, '21'), look(2, '21'), look(3, '21'), look(4, '22')]
  const bench = await createBench(looks)
  const servers = await Promise.all(SERVERS.map((index) => bench.start(index)))

  const records = await Promise.all([
    send(bench, 0, 'look-1'),
    send(bench, 1, 'look-2'),
    send(bench, 2, 'look-3'),
    send(bench, 0, 'look-4'),
  ])
  for (const record of records) expect(record).toMatchObject({ status: 'success' })
  expect(bench.heap.users('21').size).toBe(3 * ROWS)
  expect(bench.heap.users('22').size).toBe(ROWS)
  expect(bench.doors.mostAtOnce('21')).toBe(CONCURRENCY)
  expect(bench.doors.mostAtOnce('22')).toBe(CONCURRENCY)
  for (const requests of bench.doors.requests()) expect(requests).toBeGreaterThan(0)
  // Without a failure in between no batch is sent twice.
  const requests = bench.doors.requests().reduce((sum, count) => sum + count, 0)
  expect(requests).toBe((4 * ROWS) / 50)
  await expectAllFinished(bench, 4)
  expect(await Promise.all(servers.map((server) => server.end('SIGTERM')))).toEqual([0, 0, 0])
}, 180_000)

test('a server that has its hands full leaves batches of its delivery to the others', async () => {
  const concurrency = 100
  const bench = await createBench([look(1, '21')], concurrency)
  bench.heap.setFaults({ rules: [{ fault: { kind: 'latency', ms: 3_000 } }] })
  await Promise.all(SERVERS.map((index) => bench.start(index)))
  expect(await send(bench, 1, 'look-1')).toMatchObject({ status: 'success' })
  expect(bench.doors.requests().filter((requests) => requests > 0).length).toBeGreaterThan(1)
  expect(bench.doors.mostAtOnce('21')).toBeLessThanOrEqual(concurrency)
  await expectAllFinished(bench, 1)
}, 180_000)

test('when a server is killed, the others finish its work and close what it was reading', async () => {
  const killed = { server: undefined as Awaited<ReturnType<ProcessBench['start']>> | undefined }
  const interrupted: Look = sampleLook({
    id: 'interrupted',
    suggestedParams: { env_id: '22', property_type: 'user', heap_field: 'Users Email', match_by: 'identity' },
    slow: { firstByteSeconds: 0, pauseMilliseconds: 20 },
    rows: function* (): Generator<LookRow> {
      let number = 0
      for (const row of users(ROWS, 900_000)) {
        number += 1
        if (number === ROWS - 500 && killed.server) process.kill(killed.server.pid, 'SIGKILL')
        yield row
      }
    },
  })
  const bench = await createBench([look(1, '21'), look(2, '21'), look(3, '21'), interrupted])
  const servers = await Promise.all(SERVERS.map((index) => bench.start(index)))
  killed.server = servers[0]

  bench.heap.setFaults({ rules: [{ fault: { kind: 'latency', ms: 2_000 } }] })
  const lost = send(bench, 0, 'look-1')
  const others = [send(bench, 1, 'look-2'), send(bench, 2, 'look-3')]
  await waitFor(async () => (await bench.rows('received')) === 3 * ROWS, 'all rows are stored')
  expect(await send(bench, 0, 'interrupted')).toMatchObject({ status: 'failure' })
  expect(await servers[0]!.end('SIGKILL')).toBe(null)
  bench.heap.setFaults({ rules: [] })
  // Its answer went down with the server; Looker reports a failure, and the rows arrive all the same.
  expect(await lost).toMatchObject({ status: 'failure' })
  for (const record of await Promise.all(others)) expect(record).toMatchObject({ status: 'success' })

  const arrived = () => bench.heap.users('21').size
  await waitFor(() => arrived() === 3 * ROWS, 'all rows in Heap', HEARTBEAT_MISSED_MILLISECONDS)
  const closed = async () => (await bench.imports()).every(({ state }) => state === 'finished')
  await waitFor(closed, 'no import is open', READER_GONE_MILLISECONDS)
  const imports = await bench.imports()
  expect(imports.filter(({ failure }) => failure === null)).toHaveLength(3)
  const cut = imports.find(({ failure }) => failure !== null)
  expect(cut).toMatchObject({ failure: INTERRUPTED, delivered: bench.heap.users('22').size })
  expect(cut!.received).toBe(cut!.delivered)
  expect(cut!.received).toBeLessThan(ROWS)
  expect(bench.doors.mostAtOnce('21')).toBeLessThanOrEqual(CONCURRENCY)
}, 240_000)

test('a server that is stopped hands its work over at once', async () => {
  const bench = await createBench([look(1, '21')])
  const servers = await Promise.all(SERVERS.map((index) => bench.start(index)))
  const delivery = send(bench, 0, 'look-1')
  await waitFor(async () => (await bench.rows('received')) === ROWS, 'all rows are stored')
  await waitFor(() => bench.doors.requests()[0]! > 0, 'the first server sends')
  expect(await servers[0]!.end('SIGTERM')).toBe(0)
  const record = await delivery
  expect(record).toMatchObject({ status: 'success' })
  expect(record.message).toContain('still on their way')
  const before = bench.doors.requests()[0]
  await waitFor(() => bench.heap.users('21').size === ROWS, 'all rows in Heap', HEARTBEAT_MISSED_MILLISECONDS)
  expect(bench.doors.requests()[0]).toBe(before)
  await waitFor(async () => (await bench.imports())[0]?.state === 'finished', 'the import is finished')
  await expectAllFinished(bench, 1)
  const retried = await bench.withDatabase((opened) =>
    opened.query('select id from pgboss.job where retry_count > 0'),
  )
  expect(retried, 'no batch had to wait for a missed heartbeat').toEqual([])
}, 180_000)
