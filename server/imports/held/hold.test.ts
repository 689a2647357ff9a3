import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import type { Problem } from '../../../shared/api/problem.ts'
import type { RejectedRowPage } from '../../../shared/api/rejected-rows.ts'
import type { SyncList } from '../../../shared/api/sync-health.ts'
import { createApiCaller } from '../../testing/api-caller.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { createGate } from '../../testing/gate.ts'
import type { ImportRow } from '../../testing/import-row.ts'
import { IMPORT_COLUMNS } from '../../testing/import-row.ts'
import { emailOf, keysLook } from '../../testing/keys-look.ts'
import { readMetrics } from '../../testing/read-metrics.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

// Twenty rows are usual.
const LOOKS = [
  keysLook({ id: 'usual', from: 1, to: 20 }),
  keysLook({ id: 'usual again', from: 1, to: 20 }),
  keysLook({ id: 'few', from: 1, to: 5 }),
  keysLook({ id: 'few more', from: 3, to: 8 }),
  keysLook({ id: 'strays', from: 17, to: 24 }),
  keysLook({ id: 'one column', from: 1, to: 20, columns: ['users.plan'] }),
  keysLook({ id: 'slow', from: 1, to: 20 }, { slow: { firstByteSeconds: 0, pauseMilliseconds: 40 } }),
  keysLook({ id: 'endless', from: 1, to: 90 }, { slow: { firstByteSeconds: 0, pauseMilliseconds: 200 } }),
]
const PARAMS = LOOKS[0]!.suggestedParams

describe.each(ENGINES)('a sync that is to be asked, on $engine', { timeout: 120_000 }, (engine) => {
  let database: TestDatabase
  let bench: TestBench
  let gate = createGate()
  let syncs = 0
  let sync = ''

  beforeAll(async () => {
    database = await engine.createDatabase()
    bench = await createTestBench({
      database,
      looks: LOOKS,
      environment: { HEAP_BATCH_SIZE: '3' },
      heap: { watcher: { onRequest: (request) => gate.onRequest(request) } },
      app: { heapTiming: SHORT_PATIENCE },
    })
  })
  afterAll(async () => {
    gate.open()
    await bench?.close()
    await database?.remove()
  })
  afterEach(() => {
    gate.open()
    gate = createGate()
    bench.heap.reset()
  })

  /** A sync of its own for every test, and who may change it. */
  async function nextSync({ isUsual = true } = {}) {
    syncs += 1
    sync = `sync-for-a-test-${syncs}`
    const call = callerOf(sync)
    expect((await call(`/syncs/${sync}/guardrails`, {}, 'PUT', { hold: true })).status).toBe(204)
    for (let count = 0; isUsual && count < 3; count += 1) {
      expect((await deliver('usual')).status).toBe('success')
    }
    return call
  }
  const callerOf = (reference: string) =>
    createApiCaller({ url: bench.url, origin: bench.app.config.lookerOrigins[0] ?? '' }, reference)
  const deliver = (look: string, params: Record<string, string> = {}) =>
    bench.looker.deliver(look, { ...PARAMS, sync_id: sync, ...params }, { planId: `plan of ${sync}` })
  const rows = () =>
    bench.app.database.query<ImportRow>(
      `select ${IMPORT_COLUMNS} from imports where sync_id = $1 order by id`,
      [sync],
    )
  const newest = async () => (await rows()).at(-1)!
  const ended = (id: number) =>
    waitFor(async () => {
      const row = (await rows()).find((entry) => entry.id === id)
      return row?.state === 'finished' && row
    }, `the end of import ${id}`)
  const user = (number: number) => bench.heap.users('11').get(emailOf(number))
  const change = async (call: ReturnType<typeof callerOf>, id: number, what: string) => {
    const answer = await call(`/imports/${id}/${what}`, {}, 'POST')
    return { status: answer.status, ...((await answer.json()) as Partial<Problem>) }
  }
  const detailOf = async (call: ReturnType<typeof callerOf>, id: number) =>
    (await (await call(`/imports/${id}`)).json()) as ImportDetail
  /** Delivers something unusual. */
  async function held(look: string) {
    const { message, status } = await deliver(look)
    const row = await newest()
    expect(row, message).toMatchObject({ state: 'sending', delivered: 0, failure: null })
    expect(status).toBe('failure')
    return { message, ...row }
  }

  test('Looker is told at once that an unusual delivery waits, nothing is sent, and all is at its release', async () => {
    const call = await nextSync()
    const before = bench.heap.requests().requests
    const { id, message } = await held('few')
    expect(message).toMatch(/^Paused, nothing was sent to Heap: the delivery is unusual, and 5 rows wait/)
    expect(message).toContain('5 rows came, less than half of the usual 20.')
    expect(message).toContain('"Release and send" or "Discard"')
    expect(message.match(/less than half/g)).toHaveLength(1)

    const { syncs: healths } = (await (await call('/syncs', { ids: sync })).json()) as SyncList
    expect(healths[0]).toMatchObject({
      holds: true,
      state: 'held',
      lastImport: { state: 'held', pending: 5 },
    })
    expect(await detailOf(call, id)).toMatchObject({
      stage: 'held',
      canRelease: true,
      canCancel: false,
      heldBecause: expect.stringMatching(/^5 rows came, less than half/),
      answer: { success: false, message },
      stages: [{ name: 'waiting' }, { name: 'reading' }],
    })
    // However long it waits: Heap gets its 24 hours from the release on.
    await bench.app.database.query(
      "update batches set stored_at = now() - interval '6 days' where import_id = $1",
      [id],
    )
    const metrics = await readMetrics(bench.url)
    expect(metrics.value('heap_import_shared_imports', { state: 'held' })).toBe(1)
    expect(metrics.value('heap_import_shared_oldest_waiting_batch_age_seconds')).toBe(0)
    expect(metrics.value('heap_import_shared_waiting_rows')).toBe(5)
    expect(bench.heap.requests().requests).toBe(before)

    gate.shut()
    expect(await change(call, id, 'release')).toMatchObject({ status: 202 })
    expect(await change(call, id, 'release')).toMatchObject({ status: 409, code: 'not_held' })
    expect(await change(call, id, 'discard')).toMatchObject({ status: 409, code: 'not_held' })
    expect(await detailOf(call, id)).toMatchObject({ canRelease: false, heldBecause: null, canCancel: true })
    const [age] = await bench.app.database.query<{ old: boolean }>(
      "select bool_or(stored_at < now() - interval '1 hour') as old from batches where import_id = $1",
      [id],
    )
    expect(age).toEqual({ old: false })
    gate.open()
    expect(await ended(id)).toMatchObject({ received: 5, delivered: 5, rejected: 0, failure: null })
    for (let number = 1; number <= 5; number += 1) expect(user(number)).toMatchObject({ 'Users Plan': 'few' })
    expect((await detailOf(call, id)).success).toBe(true)
  })

  test('what is as usual is sent when it has been read, and not before', async () => {
    const call = await nextSync()
    const before = bench.heap.requests().requests
    const answer = deliver('slow')
    await waitFor(async () => {
      const { title, received } = await newest()
      return title === 'slow' && received > 5
    }, 'rows')
    expect(bench.heap.requests().requests).toBe(before)
    expect((await answer).status).toBe('success')
    expect(await newest()).toMatchObject({ received: 20, delivered: 20 })
    const { stages } = await detailOf(call, (await newest()).id)
    expect(stages.map(({ name }) => name)).toEqual(['waiting', 'reading', 'sending'])
    // What sends nothing is not asked about, nor is a sync that is not to be asked any more.
    expect((await deliver('few', { dry_run: 'yes' })).status).toBe('success')
    expect((await call(`/syncs/${sync}/guardrails`, {}, 'PUT', { hold: false })).status).toBe(204)
    expect((await deliver('few')).status).toBe('success')
    expect(await newest()).toMatchObject({ delivered: 5 })
  })

  test('what cannot be compared is held, and is sent where nobody wants to be asked', async () => {
    const call = await nextSync()
    // Nothing that this server can read.
    const spoil = () =>
      bench.app.database.query("update imports set properties = '7' where sync_id = $1 and complete", [sync])
    await spoil()
    const { id, message } = await held('usual again')
    expect(message).toContain('The delivery could not be compared with earlier ones.')
    expect(await detailOf(call, id)).toMatchObject({ canRelease: true, pending: 20 })
    expect(await change(call, id, 'release')).toMatchObject({ status: 202 })
    expect(await ended(id)).toMatchObject({ delivered: 20 })
    await spoil()
    expect((await call(`/syncs/${sync}/guardrails`, {}, 'PUT', { hold: false })).status).toBe(204)
    expect((await deliver('usual')).status).toBe('success')
  })

  test('what the end of its reader has left is held, as nobody has looked at it', async () => {
    const call = await nextSync()
    const before = bench.heap.requests().requests
    const answer = deliver('endless')
    await waitFor(async () => {
      const { title, received } = await newest()
      return title === 'endless' && received > 5
    }, 'rows')
    const { id } = await newest()
    await bench.app.repositories.imports.closeAbandoned(0, 'It broke off.')
    await answer
    const { message } = await detailOf(call, id)
    expect(message).toMatch(/^It broke off. Paused, nothing was sent to Heap: .* rows of it may be missing/)
    const row = await newest()
    expect(row).toMatchObject({ id, state: 'sending', failure: 'It broke off.', delivered: 0 })
    expect(await detailOf(call, id)).toMatchObject({ canRelease: true, pending: row.received })
    expect(bench.heap.requests().requests).toBe(before)
    expect(await change(call, id, 'release')).toMatchObject({ status: 202 })
    expect(await ended(id)).toMatchObject({ rejected: 0, delivered: row.received })
    // Where nobody wants to be asked they are sent as ever.
    expect((await call(`/syncs/${sync}/guardrails`, {}, 'PUT', { hold: false })).status).toBe(204)
    const other = deliver('endless')
    await waitFor(async () => (await newest()).id > id && (await newest()).received > 5, 'rows')
    await bench.app.repositories.imports.closeAbandoned(0, 'It broke off.')
    await other
    const sent = await ended((await newest()).id)
    expect(sent).toMatchObject({ failure: 'It broke off.', rejected: 0, delivered: sent.received })
  })

  test('a discarded delivery rejects every row by name, keeps none of them, and is not retried', async () => {
    const call = await nextSync()
    const { id } = await held('few')
    expect(await change(call, id, 'discard')).toMatchObject({ status: 202 })
    expect(await ended(id)).toMatchObject({
      received: 5,
      delivered: 0,
      rejected: 5,
      failure: 'The delivery was discarded, so that none of its waiting rows is sent.',
    })
    const page = (await (await call(`/imports/${id}/rejected-rows`)).json()) as RejectedRowPage
    expect(page.rows.map(({ key, reason }) => `${key} ${reason}`)).toEqual(
      [1, 2, 3, 4, 5].map((number) => `${emailOf(number)} discarded`),
    )
    const kept = await bench.app.database.query('select from kept_lines where import_id = $1', [id])
    expect(kept).toEqual([])
    expect(await change(call, id, 'discard')).toMatchObject({ status: 409, code: 'not_held' })
    expect(await change(call, id, 'release')).toMatchObject({ status: 409, code: 'not_held' })
    expect(await change(call, id, 'retry')).toMatchObject({
      status: 409,
      code: 'nothing_to_retry',
      detail: expect.stringContaining('was discarded'),
    })
    expect(user(1)).toMatchObject({ 'Users Plan': 'usual' })
    // It says nothing of what is usual.
    await held('few')
  })

  test('to cancel is to discard: a retry would go around the asking', async () => {
    const call = await nextSync()
    const { id } = await held('few')
    const { cancels } = bench.app.repositories
    expect(await cancels.cancel(id)).toBe(true)
    expect(await ended(id)).toMatchObject({ delivered: 0, rejected: 5 })
    // While it is read nobody has looked at it either.
    const answer = deliver('endless')
    await waitFor(async () => (await newest()).id > id && (await newest()).received > 5, 'rows')
    const { id: reading } = await newest()
    expect(await change(call, reading, 'cancel')).toMatchObject({ status: 202 })
    expect((await answer).message).toContain('The import was cancelled')
    const row = await ended(reading)
    expect(row).toMatchObject({ delivered: 0, rejected: row.received })
    for (const cancelled of [id, reading]) {
      const page = (await (await call(`/imports/${cancelled}/rejected-rows`)).json()) as RejectedRowPage
      expect(new Set(page.rows.map(({ reason }) => reason))).toEqual(new Set(['discarded']))
      expect(await change(call, cancelled, 'retry')).toMatchObject({ status: 409, code: 'nothing_to_retry' })
    }
    const left = await bench.app.database.query(
      `select from kept_lines where import_id = any($1::int[])
       union all select from import_keys where import_id = any($1::int[])`,
      [[id, reading]],
    )
    expect(left).toEqual([])
    // One that has been let go is cancelled like any other.
    const { id: released } = await held('few')
    gate.shut()
    expect(await change(call, released, 'release')).toMatchObject({ status: 202 })
    expect(await change(call, released, 'cancel')).toMatchObject({ status: 202 })
    gate.open()
    const last = await ended(released)
    expect(last.rejected + last.delivered).toBe(5)
    expect((await detailOf(call, released)).canRetry).toBe(last.rejected > 0)
  })

  test('after seven days it is discarded, and not before', async () => {
    const call = await nextSync()
    const { id } = await held('few')
    const wait = (interval: string) =>
      bench.app.database.query('update imports set held_at = now() - $2::interval where id = $1', [
        id,
        interval,
      ])
    const { held: repository } = bench.app.repositories
    await wait('7 days -1 minutes')
    expect(await repository.discardOld(7)).toBe(0)
    await wait('7 days 1 minute')
    expect(await repository.discardOld(7)).toBe(1)
    expect((await ended(id)).rejected).toBe(5)
    const { message, success } = await detailOf(call, id)
    expect(success).toBe(false)
    expect(message).toContain('Nobody released the delivery within 7 days')
  })

  test('a newer whole delivery waits for nobody, and replaces the rows that it carries', async () => {
    const call = await nextSync()
    const { id } = await held('strays')
    expect((await deliver('usual again')).status).toBe('success')
    expect(await newest()).toMatchObject({ delivered: 20 })
    await waitFor(async () => (await rows()).find((row) => row.id === id)?.superseded === 4, 'replaced rows')
    expect(await detailOf(call, id)).toMatchObject({ canRelease: true, pending: 4 })
    expect(await change(call, id, 'release')).toMatchObject({ status: 202 })
    expect(await ended(id)).toMatchObject({ received: 8, delivered: 4, superseded: 4 })
    for (let number = 1; number <= 24; number += 1) {
      expect(user(number)).toMatchObject({ 'Users Plan': number > 20 ? 'strays' : 'usual again' })
    }
  })

  test('one that is replaced as a whole ends by it', async () => {
    await nextSync()
    const { id } = await held('few')
    await deliver('usual again')
    expect(await ended(id)).toMatchObject({ received: 5, superseded: 5, delivered: 0, failure: null })
  })

  test('at its release no newer value is replaced, also where the newer delivery has fewer columns', async () => {
    const call = await nextSync()
    const { id } = await held('few')
    expect((await deliver('one column')).status).toBe('success')
    expect(await detailOf(call, id)).toMatchObject({ canRelease: true, pending: 5 })
    expect(await change(call, id, 'release')).toMatchObject({ status: 202 })
    expect(await ended(id)).toMatchObject({ delivered: 0, superseded: 5 })
    expect(user(1)).toMatchObject({ 'Users Plan': 'one column' })
  })

  test('nothing is released while a later delivery is being read, or when its keys are not known', async () => {
    const call = await nextSync()
    const { id } = await held('few')
    const slow = deliver('slow')
    await waitFor(async () => (await newest()).id > id && (await newest()).received > 0, 'rows')
    expect(await change(call, id, 'release')).toMatchObject({
      status: 409,
      code: 'cannot_release',
      detail: expect.stringContaining('is being read'),
    })
    await slow
    expect(await ended(id)).toMatchObject({ superseded: 5 })
    const { id: second } = await held('few')
    await deliver('one column')
    const { id: later } = await newest()
    await bench.app.database.query('update imports set keys_told = false where id = $1', [later])
    expect(await change(call, second, 'release')).toMatchObject({
      code: 'cannot_release',
      detail: expect.stringContaining(`import ${later}`),
    })
    expect(await change(call, second, 'discard')).toMatchObject({ status: 202 })
    expect(await ended(second)).toMatchObject({ rejected: 5 })
  })

  test.each(['older first', 'newer first'])('two that wait come in their order, %s', async (order) => {
    const call = await nextSync()
    const { id: older } = await held('few')
    const { id: newer } = await held('few more')
    for (const id of order === 'older first' ? [older, newer] : [newer, older]) {
      expect(await change(call, id, 'release')).toMatchObject({ status: 202 })
      if (order === 'older first') await ended(id)
    }
    await ended(newer)
    expect((await ended(older)).delivered).toBe(order === 'older first' ? 5 : 2)
    for (let number = 1; number <= 8; number += 1) {
      expect(user(number)).toMatchObject({ 'Users Plan': number < 3 ? 'few' : 'few more' })
    }
  })

  test('earlier rows are not retried over a delivery that waits, and are after it has been discarded', async () => {
    const call = await nextSync({ isUsual: false })
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(2)] } }] })
    for (let count = 0; count < 3; count += 1) await deliver('usual', { max_rejected_percent: '100' })
    const { id: refused } = await newest()
    bench.heap.setFaults({ rules: [] })
    const { id } = await held('few')
    expect(await change(call, refused, 'retry')).toMatchObject({
      status: 409,
      detail: expect.stringContaining(`Import ${id}, which came later, waits`),
    })
    expect(await change(call, id, 'discard')).toMatchObject({ status: 202 })
    await ended(id)
    expect(await change(call, refused, 'retry')).toMatchObject({ status: 202 })
    await waitFor(() => user(2) !== undefined, 'the repaired user')
    expect(await newest()).toMatchObject({ received: 1, superseded: 0 })
  })

  test('only who knows the sync_id may change anything', async () => {
    await nextSync()
    const { id } = await held('few')
    const plan = `plan:plan of ${sync}`
    const byPlan = callerOf(plan)
    const answer = await byPlan(`/syncs/${encodeURIComponent(plan)}/guardrails`, {}, 'PUT', { hold: true })
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([403, 'needs_sync_id'])
    for (const what of ['release', 'discard']) {
      expect(await change(callerOf('another-sync'), id, what)).toMatchObject({ code: 'unknown_import' })
    }
    // The same id told in another Looker is another sync.
    const elsewhere = createApiCaller({ url: bench.url, origin: 'https://other.example.com' }, sync)
    expect((await elsewhere(`/syncs/${sync}/guardrails`, {}, 'PUT', { hold: false })).status).toBe(204)
    await held('few')
    const wrong = await callerOf(sync)(`/syncs/${sync}/guardrails`, {}, 'PUT', { hold: 'yes' })
    expect(wrong.status).toBe(400)
  })
})
