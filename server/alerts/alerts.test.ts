import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test } from 'vitest'
import type { TestDatabase } from '../testing/engines.ts'
import { createPostgresDatabase, ENGINES } from '../testing/engines.ts'
import { readMetrics } from '../testing/read-metrics.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'
import { readAlertSettings } from './alert-settings.ts'
import { postSafely } from './post-safely.ts'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Received = { path: string; headers: Record<string, string>; body: string }

async function receiver() {
  const received: Received[] = []
  /** What the next requests are answered with; then 200. */
  const answers: (number | 'redirect' | 'nothing')[] = []
  const server = createServer(async (request, response) => {
    const body = await text(request)
    received.push({ path: request.url ?? '', headers: request.headers as Record<string, string>, body })
    const answer = answers.shift() ?? 200
    if (answer === 'nothing') return
    if (answer === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end()
    else response.writeHead(answer).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  cleanups.push(async () => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { received, answers, origin, of: (path: string) => received.filter((entry) => entry.path === path) }
}

/** All of its keys are the same: every row but the first is rejected. */
function* bad() {
  for (let count = 0; count < 10; count += 1)
    yield { 'users.email': 'a@example.com', 'users.plan': 'x', 'orders.ltv': 1 }
}

async function start(
  origin: string,
  environment: Record<string, string>,
  createDatabase: () => Promise<TestDatabase> = createPostgresDatabase,
) {
  const database = await createDatabase()
  cleanups.push(database.remove)
  const bench = await createTestBench({
    database,
    looks: [
      sampleLook({ id: 'good', rows: () => users(5) }),
      sampleLook({ id: 'bad', title: 'Bad <Look>', rows: bad }),
    ],
    environment,
    app: {
      heapTiming: SHORT_PATIENCE,
      alertTiming: {
        lookMs: 100,
        lateMs: 100,
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

const deliver = (bench: Awaited<ReturnType<typeof start>>, look: string) =>
  bench.looker.deliver(look, undefined, { planId: '7' })

test.each(ENGINES)(
  'a change of state is told, signed, once, and not every run, on $engine',
  async ({ createDatabase }) => {
    const hook = await receiver()
    const bench = await start(
      hook.origin,
      {
        ALERT_WEBHOOK_URL: `${hook.origin}/hook`,
        ALERT_WEBHOOK_SECRET: SECRET,
        ALERT_SLACK_URL: `${hook.origin}/slack`,
      },
      createDatabase,
    )
    for (const look of ['good', 'bad', 'bad', 'good', 'good']) await deliver(bench, look)
    await waitFor(() => hook.of('/hook').length >= 2 && hook.of('/slack').length >= 2, 'both are told')
    const messages = hook
      .of('/hook')
      .map(({ body, headers }) => new Webhook(SECRET).verify(body, headers)) as {
      type: string
      timestamp: string
      data: { text: string; link: string; importId: number; sync: { number: number } }
    }[]
    const failing = messages.find(({ type }) => type === 'sync.failing')!
    const recovered = messages.find(({ type }) => type === 'sync.recovered')!
    expect(failing.data).toMatchObject({ importId: 2, sync: { number: 1 } })
    expect(failing.data.text).toContain('"bad" has begun to fail'.replace('bad', 'Bad <Look>'))
    expect(failing.data.link).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/extensions\/heap_data_import::heap_data_import\/syncs\/\d+\/imports\/2$/,
    )
    expect(Date.parse(failing.timestamp)).toBeGreaterThan(Date.now() - 120_000)
    expect(recovered.data).toMatchObject({ importId: 4 })
    const slack = hook.of('/slack').map(({ body }) => (JSON.parse(body) as { text: string }).text)
    expect(slack.join('\n')).toContain('Bad &lt;Look&gt;')
    expect(JSON.stringify(hook.received)).not.toContain('example.com')
    // Nothing more is on its way.
    const left = await bench.app.database.query(
      "select id from alerts union all select 1 from pgboss.job where name = 'alerts' and state <> 'completed'",
    )
    expect(left).toEqual([])
    expect(hook.received).toHaveLength(4)
  },
)

test.each(ENGINES)(
  'that a delivery is held is told once of a sync, on $engine',
  async ({ createDatabase }) => {
    const hook = await receiver()
    const bench = await start(
      hook.origin,
      { ALERT_WEBHOOK_URL: `${hook.origin}/hook`, ALERT_WEBHOOK_SECRET: SECRET },
      createDatabase,
    )
    const sync = 'sync-that-is-to-be-asked'
    await bench.app.repositories.held.setHold(
      { connectionId: 1, origin: bench.app.config.lookerOrigins[0] ?? '' },
      sync,
      true,
    )
    const unusual = sampleLook({ rows: () => users(5), says: { truncated: true } })
    const send = () =>
      bench.looker.deliver(unusual, { ...unusual.suggestedParams, sync_id: sync }, { planId: '7' })
    const told = () =>
      hook.received.map(
        ({ body }) => JSON.parse(body) as { type: string; data: { importId: number; text: string } },
      )
    await send()
    await send()
    await waitFor(() => told().length > 0, 'it is told')
    expect(await bench.app.imports.discard(1)).toBe(true)
    expect(await bench.app.imports.discard(2)).toBe(true)
    await waitFor(() => told().some(({ type }) => type === 'sync.failing'), 'that nothing has come')
    await send()
    await waitFor(() => told().filter(({ type }) => type === 'sync.held').length === 2, 'it is told again')
    expect(told().map(({ type, data }) => `${type} ${data.importId}`)).toEqual([
      'sync.held 1',
      expect.stringMatching(/^sync.failing [12]$/),
      'sync.held 3',
    ])
    const [first] = told()
    expect(first?.data.text).toContain('is paused: its delivery is unusual')
    expect(first?.data.text).toContain('5 rows came.')
    expect(first?.data.text).toContain('Looker says that it cut the result')
  },
)

test('why a delivery is held is told without names of properties, which may hold a cell value', async () => {
  const hook = await receiver()
  const bench = await start(hook.origin, {
    ALERT_WEBHOOK_URL: `${hook.origin}/hook`,
    ALERT_WEBHOOK_SECRET: SECRET,
    ALERT_SLACK_URL: `${hook.origin}/slack`,
  })
  const sync = 'sync-that-is-to-be-asked'
  const origin = bench.app.config.lookerOrigins[0] ?? ''
  await bench.app.repositories.held.setHold({ connectionId: 1, origin }, sync, true)
  function* emptied() {
    for (const user of users(20)) yield { ...user, 'users.plan': null }
  }
  for (const rows of [() => users(20), emptied]) {
    const look = sampleLook({ rows })
    await bench.looker.deliver(look, { ...look.suggestedParams, sync_id: sync }, { planId: '7' })
  }
  await waitFor(() => hook.received.length === 2, 'both are told')
  const { heldBecause } = (await bench.app.repositories.imports.find(2))!
  expect(heldBecause).toMatch(/^The property "([^"]+)" has no value in any row any more/)
  const [, name = ''] = /"([^"]+)"/.exec(heldBecause ?? '') ?? []
  for (const { body } of hook.received) {
    expect(body).toContain('1 property has no value in any row any more.')
    expect(body).not.toContain(name)
  }
  const jobs = await bench.app.database.query<{ data: unknown }>(
    "select data from pgboss.job where name = 'alerts'",
  )
  expect(jobs).toHaveLength(2)
  expect(JSON.stringify(jobs)).not.toContain(name)
})

test('a receiver that fails, is silent or redirects gets it again, under the same id', async () => {
  const hook = await receiver()
  hook.answers.push(500, 'redirect', 'nothing')
  const bench = await start(hook.origin, {
    ALERT_WEBHOOK_URL: `${hook.origin}/hook`,
    ALERT_WEBHOOK_SECRET: SECRET,
  })
  await deliver(bench, 'bad')
  const metrics = await waitFor(async () => {
    const read = await readMetrics(bench.url)
    return read.value('heap_import_alerts_total', { channel: 'webhook', result: 'sent' }) === 1 && read
  }, 'it is sent at last')
  expect(metrics.value('heap_import_alerts_total', { channel: 'webhook', result: 'failed' })).toBe(3)
  expect(hook.of('/elsewhere')).toEqual([])
  expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(hook.received).toHaveLength(4)
})

test('an address inside is refused, and no part of it is told', async () => {
  const hook = await receiver()
  const post = (url: string) => postSafely({ url, headers: {}, body: '{}', allowedOrigins: [] })
  for (const url of [
    `${hook.origin}/secret`,
    'https://127.0.0.1/secret',
    'https://localhost/secret',
    'https://[::1]/secret',
  ]) {
    const error = await post(url).then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.name).toBe('AlertError')
    expect(error?.message).not.toMatch(/secret|localhost|127/)
  }
  expect(hook.received).toEqual([])
})

test('settings that are wrong are named, and not shown', () => {
  expect(readAlertSettings({})).toEqual({ webhook: null, slackUrl: null })
  expect(readAlertSettings({ ALERT_WEBHOOK_URL: '', ALERT_SLACK_URL: '' })).toEqual({
    webhook: null,
    slackUrl: null,
  })
  const url = 'https://example.com/XYZZY'
  const wrong = [
    { ALERT_WEBHOOK_URL: url },
    { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: 'XYZZY' },
    { ALERT_SLACK_URL: 'XYZZY' },
    { ALERT_SLACK_URL: 'ftp://XYZZY' },
  ]
  for (const environment of wrong) {
    expect(() => readAlertSettings(environment)).toThrow(/ALERT_/)
    expect(() => readAlertSettings(environment)).not.toThrow(/XYZZY/)
  }
})
