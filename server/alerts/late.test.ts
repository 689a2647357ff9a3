import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { createLateRepository } from '../database/repositories/late-repository.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { createPostgresDatabase, ENGINES } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'
import { noteLateSyncs } from './note-late-syncs.ts'

type Told = { type: string; timestamp: string; data: { text: string; importId: number; since: string } }

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function receiver() {
  const told: Told[] = []
  const server = createServer(async (request, response) => {
    told.push(JSON.parse(await text(request)) as Told)
    response.writeHead(200).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  cleanups.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  return { told, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** @param lateMs by default the test looks itself, so that it knows that it has been looked */
async function start(database: TestDatabase, origin: string, lateMs = 3_600_000) {
  const bench = await createTestBench({
    database,
    looks: [sampleLook({ id: 'good', rows: () => users(5) })],
    environment: {
      ALERT_WEBHOOK_URL: `${origin}/hook`,
      ALERT_WEBHOOK_SECRET: Buffer.alloc(32, 7).toString('base64'),
    },
    app: {
      heapTiming: SHORT_PATIENCE,
      alertTiming: {
        lookMs: 100,
        lateMs,
        retrySeconds: 1,
        retries: 5,
        timeoutMs: 500,
        allowedOrigins: [origin],
      },
    },
  })
  cleanups.push(bench.close)
  return bench
}

/** Moves all that has been into the past. */
async function pass({ app }: TestBench, minutes: number): Promise<void> {
  const interval = `make_interval(mins => ${minutes})`
  await app.database.query(`update imports set started_at = started_at - ${interval}`)
  await app.database.query(
    `update syncs set last_import_at = last_import_at - ${interval}, watched_since = watched_since - ${interval}`,
  )
  await app.database.query(`update sync_schedules set told_at = told_at - ${interval}`)
}

const look = (bench: TestBench) => noteLateSyncs(createLateRepository(bench.app.database))
const deliver = (bench: TestBench) => bench.looker.deliver('good', undefined, { planId: '7' })
const notes = (bench: TestBench) => bench.app.database.query('select kind from alerts')

test.each(ENGINES)(
  'a sync that is late by its rhythm is told of once until it comes again, on $engine',
  { timeout: 120_000 },
  async ({ createDatabase }) => {
    const hook = await receiver()
    const database = await createDatabase()
    cleanups.push(database.remove)
    const bench = await start(database, hook.origin)
    for (let count = 0; count < 4; count += 1) {
      await pass(bench, 60)
      await deliver(bench)
    }
    await pass(bench, 85)
    await look(bench)
    expect(await notes(bench)).toEqual([])
    await pass(bench, 10)
    await Promise.all([look(bench), look(bench)])
    await waitFor(() => hook.told.length === 1, 'it is told')
    await look(bench)
    await pass(bench, 300)
    await look(bench)
    expect(await notes(bench)).toEqual([])
    expect(hook.told).toMatchObject([{ type: 'sync.late', data: { importId: 4 } }])
    const due = hook.told[0]!.data.since
    expect(hook.told[0]!.data.text).toMatch(
      /^"Test Look" was due at \d{4}-\d\d-\d\d \d\d:\d\d UTC by its usual rhythm, and has not come\./,
    )
    const overdue = Date.now() - Date.parse(hook.told[0]!.data.since)
    expect(Math.abs(overdue - 35 * 60_000)).toBeLessThan(60_000)

    await deliver(bench)
    await waitFor(() => hook.told.length === 2, 'it is told that it has come')
    expect(hook.told[1]).toMatchObject({ type: 'sync.recovered', data: { importId: 5 } })
    const words = new Date(due).toISOString().slice(0, 16).replace('T', ' ')
    expect(hook.told[1]!.data.text).toBe(
      `"Test Look" imports into Heap environment 11 again. 5 rows of 5 arrived. It had been due at ${words} UTC.`,
    )
    await deliver(bench)
    await look(bench)
    expect(await notes(bench)).toEqual([])
    // The longest gap has been long since.
    await pass(bench, 500)
    await look(bench)
    await waitFor(() => hook.told.length === 3, 'it is told again')
    expect(hook.told[2]).toMatchObject({ type: 'sync.late', data: { importId: 6 } })
    // What comes and fails ends the lateness as a failure, and that ends by itself.
    bench.heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 400 } }] })
    await deliver(bench)
    bench.heap.setFaults({ rules: [] })
    await deliver(bench)
    await waitFor(() => hook.told.length === 5, 'both are told')
    expect(hook.told.slice(3).map(({ type }) => type)).toEqual(['sync.failing', 'sync.recovered'])
    expect(hook.told[4]!.data.text).toContain('It had failed since')
    await deliver(bench)
    expect(await notes(bench)).toEqual([])
  },
)

test.each(ENGINES)(
  'lateness by the schedule that was told; not of what fails, is under way or long ago, on $engine',
  { timeout: 120_000 },
  async ({ createDatabase }) => {
    const hook = await receiver()
    const database = await createDatabase()
    cleanups.push(database.remove)
    const bench = await start(database, hook.origin)
    await deliver(bench)
    await look(bench)
    const { app } = bench
    const tell = (crontab: string) =>
      app.repositories.syncs.tellSchedule(
        { connectionId: 1, origin: app.config.lookerOrigins[0]! },
        { kind: 'plan', planId: '7' },
        { crontab, timeZone: 'UTC' },
      )
    await tell('0 * * * *')
    // Of the next hour after the delivery, and half an hour of grace.
    await pass(bench, 91)

    await app.database.query("update imports set state = 'sending', received = received + 1")
    await look(bench)
    await app.database.query("update imports set state = 'finished', received = received - 1")
    await app.database.query("update syncs set state = 'failing'")
    await look(bench)
    await app.database.query('delete from alerts')
    await app.database.query("update syncs set last_import_at = now(), state = 'failing'")
    await look(bench)
    expect(await app.database.query('select late_since from syncs')).toEqual([{ late_since: null }])

    await app.database.query(
      "update syncs set state = 'well', last_import_at = (select max(started_at) from imports)",
    )
    const before = hook.told.length
    const late = () => hook.told.slice(before).filter(({ type }) => type === 'sync.late')
    await look(bench)
    const [told] = await waitFor(() => late().length > 0 && late(), 'it is told')
    expect(told!.data.text).toContain('by its schedule')
    expect(new Date(told!.data.since).getUTCMinutes()).toBe(0)

    await app.database.query('update syncs set late_since = null')
    await pass(bench, 10 * 24 * 60)
    await look(bench)
    expect(await app.database.query('select late_since from syncs')).toEqual([{ late_since: null }])
  },
)

test('of several servers that look all the time, one tells', { timeout: 120_000 }, async () => {
  const hook = await receiver()
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const [bench] = await Promise.all([start(database, hook.origin, 20), start(database, hook.origin, 20)])
  for (let count = 0; count < 4; count += 1) {
    await pass(bench, 60)
    await deliver(bench)
  }
  await pass(bench, 95)
  await waitFor(() => hook.told.length > 0, 'it is told')
  await look(bench)
  const left = await bench.app.database.query(
    "select id from alerts union all select 1 from pgboss.job where name = 'alerts' and state <> 'completed'",
  )
  expect(left).toEqual([])
  expect(hook.told.map(({ type }) => type)).toEqual(['sync.late'])
})

test.each(ENGINES)(
  'what became late before the server watched the sync is no news, what becomes late after is, on $engine',
  { timeout: 120_000 },
  async ({ createDatabase }) => {
    const hook = await receiver()
    const database = await createDatabase()
    cleanups.push(database.remove)
    const bench = await start(database, hook.origin)
    for (let count = 0; count < 4; count += 1) {
      await pass(bench, 60)
      await deliver(bench)
    }
    await pass(bench, 300)
    // As the migration does to what an earlier release has left.
    await bench.app.database.query('update syncs set watched_since = now()')
    await look(bench)
    await pass(bench, 60)
    await look(bench)
    expect(await notes(bench)).toEqual([])
    await deliver(bench)
    await pass(bench, 500)
    await look(bench)
    await waitFor(() => hook.told.length > 0, 'it is told')
    expect(hook.told).toMatchObject([{ type: 'sync.late', data: { importId: 5 } }])
  },
)

test('who begins to be told hears nothing of what was late before', { timeout: 120_000 }, async () => {
  const hook = await receiver()
  const database = await createPostgresDatabase()
  cleanups.push(database.remove)
  const silent = await createTestBench({
    database,
    looks: [sampleLook({ id: 'good', rows: () => users(5) })],
    app: { heapTiming: SHORT_PATIENCE, alertTiming: { lookMs: 50, lateMs: 50 } },
  })
  try {
    for (let count = 0; count < 4; count += 1) {
      await pass(silent, 60)
      await deliver(silent)
    }
    await pass(silent, 300)
    const { app } = silent
    await waitFor(
      async () => (await app.database.query('select 1 from syncs where late_since is not null')).length > 0,
      'it is noted',
    )
    await waitFor(async () => (await notes(silent)).length === 0, 'it is dropped')
  } finally {
    await silent.close()
  }
  const bench = await start(database, hook.origin)
  await look(bench)
  expect(await notes(bench)).toEqual([])
  const queued = await bench.app.database.query("select 1 from pgboss.job where name = 'alerts'")
  expect(queued).toEqual([])
  expect(hook.told).toEqual([])
})
