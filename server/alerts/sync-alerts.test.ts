import { Writable } from 'node:stream'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AlertTest, SyncAlerts } from '../../shared/api/sync-alerts.ts'
import { createAlertReceiver } from '../testing/alert-receiver.ts'
import { createApiCaller } from '../testing/api-caller.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const SERVER_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const SECRET = `whsec_${Buffer.alloc(32, 9).toString('base64')}`

/** All of its keys are the same: every row but the first is rejected. */
function* bad() {
  for (let count = 0; count < 10; count += 1)
    yield { 'users.email': 'a@example.com', 'users.plan': 'x', 'orders.ltv': 1 }
}

const LOOKS = [
  sampleLook({ id: 'good', title: 'Good', rows: () => users(5) }),
  sampleLook({ id: 'bad', title: 'Bad', rows: bad }),
]

describe.each(ENGINES)('alerts of a sync, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let hook: Awaited<ReturnType<typeof createAlertReceiver>>
  let database: TestDatabase
  let bench: TestBench
  let log = ''
  let syncs = 0
  let sync = ''
  let call: ReturnType<typeof createApiCaller>

  beforeAll(async () => {
    hook = await createAlertReceiver()
    database = await createDatabase()
    const stream = new Writable({
      write(chunk, _encoding, done) {
        log += String(chunk)
        done()
      },
    })
    bench = await createTestBench({
      database,
      looks: LOOKS,
      environment: {
        ALERT_WEBHOOK_URL: `${hook.origin}/server`,
        ALERT_WEBHOOK_SECRET: SERVER_SECRET,
      },
      app: {
        logger: { level: 'trace', stream },
        heapTiming: SHORT_PATIENCE,
        alertTiming: {
          lookMs: 100,
          lateMs: 3_600_000,
          retrySeconds: 1,
          retries: 5,
          timeoutMs: 500,
          allowedOrigins: [hook.origin],
        },
      },
    })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
    hook?.close()
  })
  afterEach(() => {
    hook.received.length = 0
  })

  const origin = () => bench.app.config.lookerOrigins[0] ?? ''
  /** A sync of its own for every test. */
  function nextSync(): string {
    syncs += 1
    sync = `sync-with-alerts-${syncs}`
    call = createApiCaller({ url: bench.url, origin: origin() }, sync)
    return `/syncs/${sync}/alerts`
  }
  const deliver = (look: string, id = sync) =>
    bench.looker.deliver(
      look,
      { ...LOOKS[0]!.suggestedParams, sync_id: id },
      { planId: `plan ${id.length}${id.slice(-1)}` },
    )
  const put = (path: string, body: unknown) => call(path, {}, 'PUT', body)
  const read = async (path: string) => (await (await call(path)).json()) as SyncAlerts
  const set = async (path: string, body: unknown) => {
    const answer = await put(path, body)
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 204, text: '' })
  }

  test('are set before it delivers; no secret is given back, logged or in the queue', async () => {
    const path = nextSync()
    const none = {
      webhookUrl: null,
      hasSecret: false,
      slackUrl: null,
      server: { webhook: true, slack: false },
    }
    expect(await read(path)).toEqual(none)
    const url = `${hook.origin}/own`
    const slackUrl = `${hook.origin}/services/T0/B0/wordXYZZY`
    await set(path, { webhook: { url, secret: SECRET }, slackUrl })
    const shown = await read(path)
    const host = new URL(hook.origin).host
    expect(shown).toEqual({ ...none, webhookUrl: url, hasSecret: true, slackUrl: `${host}/…YZZY` })
    // Saved again as it is shown, nothing is lost.
    await set(path, { webhook: { url, secret: null }, slackUrl: shown.slackUrl })

    await deliver('bad')
    await waitFor(
      () => hook.of('/own').length > 0 && hook.of('/server').length > 0 && hook.received.length === 3,
      'the receivers of the sync and the server are told',
    )
    const [own] = hook.of('/own')
    expect(new Webhook(SECRET).verify(own!.body, own!.headers)).toMatchObject({
      type: 'sync.failing',
      data: { sync: { title: 'Bad' } },
    })
    const [ofServer] = hook.of('/server')
    expect(new Webhook(SERVER_SECRET).verify(ofServer!.body, ofServer!.headers)).toMatchObject({
      type: 'sync.failing',
    })
    expect(hook.of('/services/T0/B0/wordXYZZY')[0]!.body).toMatch(/since|at \d{4}-\d\d-\d\d \d\d:\d\d UTC/)
    const jobs = JSON.stringify(
      await bench.app.database.query("select * from pgboss.job where name = 'alerts'"),
    )
    expect(jobs).toContain('Bad')
    for (const secret of [SECRET, SECRET.replace('whsec_', ''), 'wordXYZZY', sync]) {
      expect(jobs).not.toContain(secret)
    }
    expect(log).toContain('alert sent')
    for (const secret of [SECRET.replace('whsec_', ''), 'wordXYZZY']) expect(log).not.toContain(secret)

    await set(path, { webhook: null, slackUrl: null })
    expect(await read(path)).toEqual(none)
  })

  test('reach nobody of another sync, and who knows only the plan neither sees nor sets them', async () => {
    const path = nextSync()
    await set(path, { webhook: { url: `${hook.origin}/own`, secret: SECRET }, slackUrl: null })
    await deliver('good')
    await deliver('bad', 'sync-without-any-alerts')
    await waitFor(() => hook.of('/server').length === 1, 'the server is told')
    await deliver('bad')
    await waitFor(() => hook.of('/own').length === 1 && hook.of('/server').length === 2, 'both are told')
    const byPlan = `/syncs/${encodeURIComponent(`plan:plan ${sync.length}${sync.slice(-1)}`)}/alerts`
    const answers = [await call(byPlan), await put(byPlan, { webhook: null, slackUrl: null })]
    for (const answer of [...answers, await call(`${byPlan}/test`, {}, 'POST')]) {
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'needs_sync_id' })
    }
    // The same id in another Looker is another sync.
    const elsewhere = await call(path, { host: 'https://other.example.com' })
    expect(await elsewhere.json()).toMatchObject({ webhookUrl: null })
  })

  test('of a receiver that hangs or fails do not hold up the others, and are tried again', async () => {
    const hanging = [1, 2, 3, 4, 5, 6].map((number) => {
      nextSync()
      return { number, id: sync, path: `/syncs/${sync}/alerts`, callOf: call }
    })
    for (const { path, callOf } of hanging) {
      // One address, so that none of them has a place while one is in hand.
      const body = { webhook: { url: `${hook.origin}/hang`, secret: SECRET }, slackUrl: null }
      expect((await callOf(path, {}, 'PUT', body)).status).toBe(204)
    }
    const path = nextSync()
    await set(path, {
      webhook: { url: `${hook.origin}/500`, secret: SECRET },
      slackUrl: `${hook.origin}/services/well`,
    })
    for (const { id } of hanging) await deliver('bad', id)
    await waitFor(() => hook.of('/hang').length > 0, 'one hangs')
    await deliver('bad')
    await waitFor(() => hook.of('/services/well').length === 1, 'the one that is well is told')
    await waitFor(() => hook.of('/500').length >= 3, 'the one that fails is told again')
    expect(hook.of('/services/well')).toHaveLength(1)
    expect(new Set(hook.of('/500').map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    // Never two of one receiver at once.
    const active = await bench.app.database.query<{ count: number }>(
      `select count(*)::int as count from pgboss.job where name = 'alerts' and state = 'active' group by group_id`,
    )
    expect(active.every(({ count }) => count === 1)).toBe(true)
  })

  test('of a receiver that was taken away in between are dropped', async () => {
    const path = nextSync()
    await set(path, { webhook: { url: `${hook.origin}/500`, secret: SECRET }, slackUrl: null })
    await deliver('bad')
    await waitFor(() => hook.of('/500').length > 0, 'it is tried')
    await set(path, { webhook: null, slackUrl: null })
    await waitFor(async () => {
      const left = await bench.app.database.query(
        `select 1 from pgboss.job where name = 'alerts' and state not in ('completed', 'failed')
           and data #>> '{alert,title}' = 'Bad' and data ->> 'audience' = 'sync'
           and (data #>> '{alert,planId}') = $1`,
        [`plan ${sync.length}${sync.slice(-1)}`],
      )
      return left.length === 0
    }, 'nothing waits for it')
    expect(log).toContain('its receiver is not set any more')
  })

  test('are tested with what is kept, each told by itself', async () => {
    const path = nextSync()
    const nothing = await call(`${path}/test`, {}, 'POST', {})
    expect(nothing.status).toBe(400)
    expect(await nothing.json()).toMatchObject({ detail: expect.stringContaining('no receivers') })
    await set(path, {
      webhook: { url: `${hook.origin}/500`, secret: SECRET },
      slackUrl: `${hook.origin}/services/well`,
    })
    await deliver('good')
    const answer = await call(`${path}/test`, {}, 'POST', {})
    expect(answer.status).toBe(200)
    expect((await answer.json()) as AlertTest).toEqual({
      results: [
        {
          channel: 'webhook',
          ok: false,
          text: 'The message has not arrived: the receiver answered HTTP 500.',
        },
        { channel: 'slack', ok: true, text: 'The message has arrived.' },
      ],
    })
    expect(hook.of('/services/well')[0]!.body).toContain('This is a test: alerts of \\"Good\\" arrive here.')
    expect(hook.of('/server')).toEqual([])
  })

  test('are not set with what cannot be sent to, and what was kept stays', async () => {
    const path = nextSync()
    const own = { url: `${hook.origin}/own`, secret: SECRET }
    await set(path, { webhook: own, slackUrl: null })
    const wrong: [body: unknown, detail: string][] = [
      [{ webhook: { url: 'XYZZY', secret: SECRET }, slackUrl: null }, 'web address'],
      [{ webhook: { url: 'http://example.com/XYZZY', secret: SECRET }, slackUrl: null }, 'https'],
      [{ webhook: { url: 'https://10.0.0.1/XYZZY', secret: SECRET }, slackUrl: null }, 'public Internet'],
      [{ webhook: { url: 'https://localhost/XYZZY', secret: SECRET }, slackUrl: null }, 'public Internet'],
      [{ webhook: { url: 'https://[::ffff:127.0.0.1]/XYZZY', secret: SECRET }, slackUrl: null }, 'public'],
      [{ webhook: { url: 'https://user:XYZZY@example.com/', secret: SECRET }, slackUrl: null }, 'user name'],
      [
        { webhook: { url: 'https://no-such-host.invalid/XYZZY', secret: SECRET }, slackUrl: null },
        'public Internet',
      ],
      [{ webhook: { ...own, secret: 'XYZZY' }, slackUrl: null }, '24 to 64 random bytes'],
      [{ webhook: { url: `${hook.origin}/other`, secret: null }, slackUrl: null }, 'needs a secret'],
      [{ webhook: null, slackUrl: 'https://169.254.169.254/XYZZY' }, 'public Internet'],
      [{ webhook: null, slackUrl: 'hooks.slack.com/…ZZYZ' }, 'web address'],
      [{ webhook: own }, 'slackUrl'],
    ]
    for (const [body, detail] of wrong) {
      const answer = await put(path, body)
      const problem = (await answer.json()) as { code: string; detail: string }
      expect({ body, status: answer.status, code: problem.code }).toEqual({
        body,
        status: 400,
        code: 'bad_request',
      })
      expect(problem.detail).toContain(detail)
      expect(problem.detail).not.toContain('XYZZY')
    }
    expect(await read(path)).toMatchObject({ webhookUrl: own.url, hasSecret: true })
  })

  test('are judged again when they are sent: a name may have come to mean another place', async () => {
    const path = nextSync()
    await set(path, { webhook: { url: `${hook.origin}/own`, secret: SECRET }, slackUrl: null })
    await bench.app.database.query(
      "update sync_alerts set webhook_url = 'https://localhost/own', slack_url = 'https://127.0.0.1/own' where sync_id = $1",
      [sync],
    )
    const answer = await call(`${path}/test`, {}, 'POST', {})
    const { results } = (await answer.json()) as AlertTest
    expect(results.map(({ ok }) => ok)).toEqual([false, false])
    expect(JSON.stringify(results)).not.toMatch(/localhost|127/)
  })

  // The last one: the pause that it brings holds for the whole connection.
  test('that are refused do not tell what a name stands for, and make wait', async () => {
    const path = nextSync()
    const detailOf = async (host: string) => {
      const answer = await put(path, { webhook: { url: `https://${host}/`, secret: SECRET }, slackUrl: null })
      return { status: answer.status, detail: ((await answer.json()) as { detail: string }).detail }
    }
    expect(await detailOf('no-such-host.invalid')).toEqual(await detailOf('localhost'))
    await waitFor(async () => (await detailOf('localhost')).status === 429, 'the pause')
    expect((await put(path, { webhook: null, slackUrl: null })).status).toBe(204)
  })
})
