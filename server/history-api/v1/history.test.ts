import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LookerStandIn } from '../../../sandbox/looker/looker-stand-in.ts'
import { createLookerStandIn } from '../../../sandbox/looker/looker-stand-in.ts'
import { ImportDetailSchema } from '../../../shared/api/import-detail.ts'
import type { SyncHealth } from '../../../shared/api/sync-health.ts'
import { SyncListSchema } from '../../../shared/api/sync-health.ts'
import { ImportPageSchema } from '../../../shared/api/sync-imports.ts'
import { hashToken } from '../../connections/token.ts'
import { addDecidedRows } from '../../database/repositories/row-counts.ts'
import type { ApiClient } from '../../testing/api-client.ts'
import { createApiClient } from '../../testing/api-client.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { extensionSecretOf } from '../../testing/extension-secret.ts'
import { sampleLook, users } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

function* twelve() {
  yield* users(10)
  yield* users(2)
}

const LOOKS = [
  sampleLook({ id: 'users', rows: () => users(10) }),
  sampleLook({ id: 'duplicates', rows: twelve }),
  sampleLook({ id: 'slow', rows: () => users(5), slow: { firstByteSeconds: 2, pauseMilliseconds: 0 } }),
]
const PARAMS = LOOKS[0]!.suggestedParams
const OTHER_TOKEN = 'token-of-the-other-connection'

let plans = 100
const newPlan = () => {
  plans += 1
  return String(plans)
}
const newSyncId = () => randomBytes(16).toString('base64url')

describe.each(ENGINES)('the history, on $engine', ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let other: LookerStandIn
  let mine: ApiClient
  let origin = ''

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({
      database,
      looks: LOOKS,
      environment: { RESPONSE_DEADLINE: '1' },
      app: { heapTiming: SHORT_PATIENCE },
    })
    origin = bench.app.config.lookerOrigins[0]!
    await bench.app.repositories.connections.add(
      'other',
      hashToken(OTHER_TOKEN),
      hashToken(extensionSecretOf(OTHER_TOKEN)),
    )
    mine = await createApiClient(bench.url, TOKEN, origin)
    // A second Looker, which sends the same instance and the same plan ids as the first.
    other = createLookerStandIn({ actionUrl: `${bench.url}/`, token: TOKEN, looks: LOOKS })
    await other.listen()
  }, 120_000)
  afterAll(async () => {
    await other?.close()
    await bench?.close()
    await database?.remove()
  })

  const health = async (ref: string, client = mine): Promise<SyncHealth | undefined> =>
    (await client.get(`/syncs?ids=${ref}`, SyncListSchema)).syncs[0]
  const detail = (id: number, ref: string, more = '') =>
    mine.get(`/imports/${id}?sync=${ref}${more}`, ImportDetailSchema)
  const page = (ref: string, query = '', client = mine) =>
    client.get(`/syncs/${ref}/imports?${query}`, ImportPageSchema)
  const deliver = (
    look: string,
    planId: string,
    params: Record<string, string> = {},
    looker = bench.looker,
  ) => looker.deliver(look, { ...PARAMS, ...params }, { planId, mode: 'push' })
  const query = (sql: string, values: (string | number)[] = []) => bench.app.database.query(sql, values)

  test('tells how a sync is, and of its import all but keys', async () => {
    const planId = newPlan()
    const record = await deliver('duplicates', planId)
    const ref = `plan:${planId}`
    const sync = await health(ref)
    expect(sync).toMatchObject({
      ref,
      title: 'Test Look',
      environmentId: '11',
      propertyType: 'user',
      state: 'failing',
      lastSuccessAt: null,
      usualRows: 12,
      due: null,
      recent: [{ state: 'finished', success: false, dryRun: false, pending: 0 }],
    })
    expect(sync!.lastImport).toEqual(sync!.recent[0])
    expect(sync!.stateSince).toBe(sync!.lastImport!.finishedAt)

    const { id } = sync!.lastImport!
    const told = await waitFor(async () => {
      const answer = await detail(id, ref)
      return answer.answer !== null && answer
    }, 'what Looker was given')
    expect(told).toMatchObject({
      ...sync!.lastImport,
      sync: ref,
      title: 'Test Look',
      matchBy: 'identity',
      stage: 'finished',
      secondsLeft: null,
      rejections: [{ reason: 'join_key_duplicate', text: null, count: 2, rows: [11, 12] }],
      remarks: [],
      properties: [
        { name: 'Users Plan', values: 10, texts: 10, numbers: 0 },
        { name: 'Orders Ltv', values: 10, texts: 0, numbers: 10 },
      ],
      answer: { success: false, message: record.message },
      message: record.message,
      heap: { retries: 0, lastError: null, nextTryAt: null, denial: null },
      retryOf: null,
      retriedAs: [],
      canRetry: false,
      canCancel: false,
      canRelease: false,
      heldBecause: null,
    })
    expect(Date.parse(told.answer!.at)).toBeGreaterThanOrEqual(Date.parse(told.finishedAt!))
    expect(told.stages.map(({ name, rows }) => [name, rows])).toEqual([
      ['waiting', 0],
      ['reading', 12],
      ['sending', 10],
    ])
    for (const { startedAt, endedAt } of told.stages) {
      expect(Date.parse(startedAt)).toBeLessThanOrEqual(Date.parse(endedAt!))
      expect(Date.parse(endedAt!)).toBeLessThanOrEqual(Date.parse(told.finishedAt!))
    }
    expect(JSON.stringify(told)).not.toContain('@example.com')
  })

  test('answers in the order asked for, each once, and leaves out what it does not know', async () => {
    const [one, two] = [newPlan(), newPlan()]
    await deliver('users', one)
    await deliver('users', two)
    const ids = [`plan:${two}`, 'plan:nobody', `plan:${one}`, newSyncId(), `plan:${two}`, 'no-reference']
    const { syncs } = await mine.get(`/syncs?ids=${ids.join(',')}`, SyncListSchema)
    expect(syncs.map(({ ref }) => ref)).toEqual([`plan:${two}`, `plan:${one}`])
    const tooMany = Array.from({ length: 101 }, (_, index) => `plan:${index}`)
    expect(await mine.problem(`/syncs?ids=${tooMany.join(',')}`)).toMatchObject({ code: 'bad_request' })
  })

  describe('the state of a sync', () => {
    test('follows its newest import, and since when it is so', async () => {
      const syncId = newSyncId()
      const planId = newPlan()
      const states: [string, string][] = []
      for (const look of ['users', 'users', 'duplicates', 'duplicates', 'users']) {
        await deliver(look, planId, { sync_id: syncId })
        const { state, stateSince } = (await health(syncId))!
        states.push([state, stateSince])
      }
      expect(states.map(([state]) => state)).toEqual(['well', 'well', 'failing', 'failing', 'well'])
      expect(states[1]).toEqual(states[0])
      expect(states[3]).toEqual(states[2])
      expect(Date.parse(states[4]![1])).toBeGreaterThan(Date.parse(states[2]![1]))
      await deliver('duplicates', planId, { sync_id: syncId, max_rejected_percent: '50' })
      const sync = (await health(syncId))!
      expect(sync).toMatchObject({ state: 'rejected_rows', usualRows: 11, lastImport: { success: true } })
      expect(sync.lastSuccessAt).toBe(sync.lastImport!.finishedAt)
    })

    test('is not changed by a dry run into a success of rows', async () => {
      const planId = newPlan()
      await deliver('users', planId, { dry_run: 'yes' })
      expect(await health(`plan:${planId}`)).toMatchObject({
        state: 'new',
        lastSuccessAt: null,
        lastImport: { dryRun: true },
      })
    })

    test('is running while Looker is waited for, and then while rows are sent', async () => {
      const planId = newPlan()
      const ref = newSyncId()
      const delivering = bench.looker.deliver('slow', { ...PARAMS, sync_id: ref }, { planId })
      const sync = await waitFor(async () => await health(ref), 'the import')
      expect(sync).toMatchObject({ state: 'running', lastImport: { state: 'reading', success: null } })
      const waiting = await detail(sync.lastImport!.id, ref)
      expect(waiting).toMatchObject({ stage: 'waiting_for_looker', canCancel: true, answer: null })
      expect(waiting.stages).toMatchObject([{ name: 'waiting', endedAt: null, rows: 0, rowsPerSecond: null }])
      await delivering
      await waitFor(async () => (await health(ref))!.state === 'well', 'its end')
      const { stages } = await detail(sync.lastImport!.id, ref)
      const [first] = stages
      expect(Date.parse(first!.endedAt!) - Date.parse(first!.startedAt)).toBeGreaterThanOrEqual(1_900)
    })

    test('is waiting while Heap turns rows away, with what it says and the next try', async () => {
      const planId = newPlan()
      const ref = `plan:${planId}`
      bench.heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 403 }, environmentId: '12' }] })
      await deliver('users', planId, { env_id: '12' })
      const sync = await waitFor(async () => {
        const found = await health(ref)
        return found?.state === 'waiting' && found
      }, 'the denial')
      const told = await detail(sync.lastImport!.id, ref)
      expect(told).toMatchObject({
        stage: 'waiting_for_heap',
        pending: 10,
        secondsLeft: null,
        // Only who knows a sync_id may.
        canCancel: false,
      })
      expect(told.heap.denial).toContain('403')
      expect(told.heap.lastError).toContain('403')
      expect(told.heap.retries).toBeGreaterThan(0)
      bench.heap.setFaults({ rules: [] })
      await waitFor(async () => (await health(ref))!.state === 'well', 'Heap to take them')
      // What has been is not forgotten.
      expect((await detail(sync.lastImport!.id, ref)).heap).toMatchObject({
        lastError: told.heap.lastError,
        denial: null,
        nextTryAt: null,
      })
    })

    test('is held, and has no end yet, while a guardrail has stopped an import', async () => {
      const planId = newPlan()
      const ref = `plan:${planId}`
      await deliver('users', planId)
      const { id } = (await health(ref))!.lastImport!
      await query(
        "update imports set state = 'sending', held_because = 'no rows', finished_at = null where id = $1",
        [id],
      )
      expect(await health(ref)).toMatchObject({ state: 'held', lastImport: { state: 'held', success: null } })
      expect(await detail(id, ref)).toMatchObject({ stage: 'held', canRelease: true, heldBecause: 'no rows' })
      expect((await page(ref, 'state=held')).imports).toHaveLength(1)
      expect((await page(ref, 'state=running')).imports).toHaveLength(0)
      // Others would wait for it.
      await query("update imports set state = 'finished', finished_at = now() where id = $1", [id])
      expect(await health(ref)).toMatchObject({ state: 'well' })
    })

    test('is late by the schedule that was told, or by its rhythm, and says which', async () => {
      const planId = newPlan()
      const ref = `plan:${planId}`
      for (let delivery = 0; delivery < 5; delivery += 1) await deliver('users', planId)
      const age = (hours: number) =>
        query(
          `update imports set started_at = now() - make_interval(hours => $2 + (select count(*)::int from imports newer
             where newer.plan_id = $1 and newer.id > imports.id)) where plan_id = $1`,
          [planId, hours],
        )
      await age(0)
      expect(await health(ref)).toMatchObject({ state: 'well', due: { by: 'rhythm', late: false } })
      await age(3)
      const late = (await health(ref))!
      expect(late).toMatchObject({ state: 'late', due: { by: 'rhythm', late: true } })
      expect(late.stateSince).toBe(late.due!.at)
      expect(
        (await mine.put(`/syncs/${ref}/schedule`, { crontab: '0 6 * * *', timeZone: 'Europe/Paris' })).status,
      ).toBe(204)
      const told = (await health(ref))!
      expect(told).toMatchObject({ state: 'well', due: { by: 'schedule', late: false } })
      expect(Date.parse(told.due!.at)).toBeGreaterThan(Date.now())
      await query("update sync_schedules set told_at = now() - interval '2 days' where ref = $1", [ref])
      await age(30)
      expect(await health(ref)).toMatchObject({ state: 'late', due: { by: 'schedule', late: true } })
      expect((await mine.put(`/syncs/${ref}/schedule`, { datagroup: 'crm' })).status).toBe(204)
      expect(await health(ref)).toMatchObject({ due: { by: 'rhythm' } })
      expect((await mine.put(`/syncs/${ref}/schedule`, null)).status).toBe(204)
      for (const body of [
        { crontab: 'every day', timeZone: 'UTC' },
        { crontab: '* * * * * *', timeZone: 'UTC' },
        { crontab: '0 6 * * *', timeZone: 'Mars/Olympus' },
        { crontab: '0 0 30 2 *', timeZone: 'UTC' },
        { crontab: '0 6 * * *' },
        {},
        'daily',
      ]) {
        const answer = await mine.put(`/syncs/${ref}/schedule`, body)
        expect([body, answer.status]).toEqual([body, 400])
        expect(await answer.json()).toMatchObject({ code: 'bad_request' })
      }
    })

    test('is that of the newest import, though an older one ends later', async () => {
      const planId = newPlan()
      await deliver('users', planId)
      await deliver('duplicates', planId)
      const ref = `plan:${planId}`
      const before = (await health(ref))!
      expect(before.state).toBe('failing')
      const older = before.recent[1]!.id
      await query("update imports set state = 'sending', received = 11, finished_at = null where id = $1", [
        older,
      ])
      await bench.app.database.transaction((transaction) => endOne(transaction, older))
      const after = (await health(ref))!
      expect(after).toMatchObject({ state: 'failing', stateSince: before.stateSince })
      expect(Date.parse(after.lastSuccessAt!)).toBeGreaterThan(Date.parse(before.lastSuccessAt!))
    })
  })

  describe('the imports of a sync', () => {
    test('come page by page, each once, also while new ones come', async () => {
      const syncId = newSyncId()
      const planId = newPlan()
      for (let delivery = 0; delivery < 7; delivery += 1) {
        await deliver(delivery % 3 === 0 ? 'duplicates' : 'users', planId, { sync_id: syncId })
      }
      // Two that began at once.
      await query(
        `update imports set started_at = (select max(started_at) from imports where sync_id = $1)
        where id in (select id from imports where sync_id = $1 order by id desc limit 2)`,
        [syncId],
      )
      const all = (await page(syncId)).imports
      expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort((a, b) => b - a))
      expect(all).toHaveLength(7)
      const pages: number[][] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const next = await page(syncId, `limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`)
        pages.push(next.imports.map(({ id }) => id))
        cursor = next.nextCursor
        if (pages.length === 1) await deliver('users', planId, { sync_id: syncId })
      }
      expect(pages.map((ids) => ids.length)).toEqual([3, 3, 1])
      expect(pages.flat()).toEqual(all.map(({ id }) => id))
    })

    test('are filtered by their end and by time', async () => {
      const planId = newPlan()
      const ref = `plan:${planId}`
      await deliver('users', planId)
      await deliver('duplicates', planId)
      await deliver('duplicates', planId, { max_rejected_percent: '50' })
      const all = (await page(ref)).imports.map(({ id }) => id)
      const ids = async (filter: string) => (await page(ref, filter)).imports.map(({ id }) => id)
      expect(await ids('state=rejected_rows')).toEqual([all[0]])
      expect(await ids('state=failed')).toEqual([all[1]])
      expect(await ids('state=success')).toEqual([all[2]])
      expect(await ids('state=running')).toEqual([])
      const middle = encodeURIComponent((await page(ref)).imports[1]!.startedAt)
      expect(await ids(`from=${middle}`)).toEqual(all.slice(0, 2))
      expect(await ids(`to=${middle}&limit=1`)).toEqual(all.slice(2))
      for (const wrong of [
        'state=odd',
        'limit=0',
        'limit=101',
        'from=yesterday',
        'cursor=x',
        'cursor=1-99999999999',
      ]) {
        expect(await mine.problem(`/syncs/${ref}/imports?${wrong}`)).toMatchObject({ code: 'bad_request' })
      }
    })

    test('of its plan before it had an id are found beside it, and by the plan alone', async () => {
      const planId = newPlan()
      const syncId = newSyncId()
      await deliver('users', planId)
      await deliver('users', planId, { sync_id: syncId })
      const both = (await page(syncId, `plan=${planId}`)).imports.map(({ id }) => id)
      expect(both).toHaveLength(2)
      expect((await page(syncId)).imports.map(({ id }) => id)).toEqual([both[0]])
      expect((await page(`plan:${planId}`)).imports.map(({ id }) => id)).toEqual([both[1]])
      expect(await detail(both[1]!, syncId, `&plan=${planId}`)).toMatchObject({ id: both[1] })
      expect(await mine.problem(`/imports/${both[1]}?sync=${syncId}`)).toMatchObject({
        code: 'unknown_import',
      })
      expect(await mine.problem(`/imports/${both[0]}?sync=plan:${planId}`)).toMatchObject({
        code: 'unknown_import',
      })
    })
  })

  describe('strangers', () => {
    test('two Lookers with the same plan, sync and instance see their own only', async () => {
      const planId = newPlan()
      const syncId = newSyncId()
      await deliver('users', planId)
      await deliver('users', planId, { sync_id: syncId })
      await deliver('duplicates', planId, {}, other)
      await deliver('duplicates', planId, { sync_id: syncId }, other)
      const otherOrigin = `http://127.0.0.1:${(other.app.server.address() as { port: number }).port}`
      const theirs = await createApiClient(bench.url, TOKEN, otherOrigin)
      const nobodys = await createApiClient(bench.url, TOKEN, 'https://nobody.cloud.looker.com')
      for (const ref of [`plan:${planId}`, syncId]) {
        expect(await health(ref)).toMatchObject({ state: 'well', recent: [{ counts: { received: 10 } }] })
        expect(await health(ref, theirs)).toMatchObject({
          state: 'failing',
          recent: [{ counts: { received: 12 } }],
        })
        expect(await health(ref, nobodys)).toBeUndefined()
        const [own] = (await page(ref)).imports
        const [foreign] = (await page(ref, '', theirs)).imports
        const unknown = await mine.problem(`/imports/999999?sync=${ref}`)
        expect(await mine.problem(`/imports/${foreign!.id}?sync=${ref}`)).toEqual(unknown)
        expect(await theirs.problem(`/imports/${own!.id}?sync=${ref}`)).toEqual(unknown)
        expect(unknown).toMatchObject({ status: 404, code: 'unknown_import' })
        const unknownSync = await nobodys.problem(`/syncs/plan:nobody/imports`)
        expect(await nobodys.problem(`/syncs/${ref}/imports`)).toEqual(unknownSync)
        expect(unknownSync).toMatchObject({ status: 404, code: 'unknown_sync' })
      }
    })

    test('two connections see their own only', async () => {
      const planId = newPlan()
      const syncId = newSyncId()
      await deliver('users', planId)
      await deliver('users', planId, { sync_id: syncId })
      const strangers = await createApiClient(bench.url, OTHER_TOKEN, origin)
      for (const ref of [`plan:${planId}`, syncId]) {
        expect(await health(ref, strangers)).toBeUndefined()
        expect(await strangers.problem(`/syncs/${ref}/imports`)).toMatchObject({ code: 'unknown_sync' })
        const [own] = (await page(ref)).imports
        expect(await strangers.problem(`/imports/${own!.id}?sync=${ref}`)).toMatchObject({
          code: 'unknown_import',
        })
        // What they tell of its schedule is theirs.
        await strangers.put(`/syncs/${ref}/schedule`, { crontab: '0 6 * * *', timeZone: 'UTC' })
        expect((await health(ref))!.due).toBeNull()
      }
    })

    test('a delivery without an address is of the Looker that its instance is known for', async () => {
      const planId = newPlan()
      await deliver('users', planId)
      const ref = `plan:${planId}`
      await query("update syncs set looker_origin = '' where plan_id = $1", [planId])
      expect(await health(ref)).toMatchObject({ state: 'well' })
      const nobodys = await createApiClient(bench.url, TOKEN, 'https://nobody.cloud.looker.com')
      expect(await health(ref, nobodys)).toBeUndefined()
      await query('update syncs set looker_instance = null where plan_id = $1', [planId])
      expect(await health(ref)).toBeUndefined()
    })

    test.each(['/syncs?ids=plan:1', '/syncs/plan:1/imports', '/imports/1?sync=plan:1'])(
      '%s wants an access token and a host',
      async (path) => {
        const bare = (headers: Record<string, string>, more = '') =>
          fetch(`${bench.url}/api/v1${path}${more}`, { headers })
        const separator = path.includes('?') ? '&' : '?'
        for (const token of ['', TOKEN, 'a.b.c']) {
          const answer = await bare({ authorization: `Bearer ${token}` }, `${separator}host=${origin}`)
          expect(answer.status).toBe(401)
          expect(await answer.json()).toMatchObject({ code: 'access_token_expired' })
        }
        for (const host of ['', 'looker', 'ftp://a', 'https://a/b', 'https://[', 'javascript:alert(1)']) {
          const wrong = await createApiClient(bench.url, TOKEN, host)
          expect([host, await wrong.problem(path)]).toMatchObject([host, { code: 'bad_request' }])
        }
      },
    )
  })

  /** Ends an open import as its last outcome would. */
  async function endOne(transaction: Parameters<typeof addDecidedRows>[0], importId: number): Promise<void> {
    await addDecidedRows(transaction, [{ importId, delivered: 1, rejected: 0, superseded: 0 }])
  }
})
