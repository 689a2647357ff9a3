import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import type { Problem } from '../../../shared/api/problem.ts'
import type { RejectedRowPage, Retried } from '../../../shared/api/rejected-rows.ts'
import { createApiCaller } from '../../testing/api-caller.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { createGate } from '../../testing/gate.ts'
import type { ImportRow } from '../../testing/import-row.ts'
import { IMPORT_COLUMNS } from '../../testing/import-row.ts'
import { emailOf, keysLook } from '../../testing/keys-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'
import { forgetKey } from './forget-key.ts'

const LOOKS = [
  keysLook({ id: 'old', from: 1, to: 1_000 }),
  keysLook({ id: 'some', from: 1, to: 5 }),
  keysLook({ id: 'edited', from: 1, to: 10, columns: ['users.plan'] }),
  keysLook({ id: 'person', from: 50_001, to: 50_005 }),
  keysLook({ id: 'person again', from: 50_001, to: 50_010 }),
  keysLook({ id: 'slow', from: 1, to: 20_000 }, { slow: { firstByteSeconds: 0, pauseMilliseconds: 20 } }),
]

describe.each(ENGINES)('repairing an import on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let gate = createGate()
  let syncs = 0
  let sync = ''

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({
      database,
      looks: LOOKS,
      environment: { HEAP_BATCH_SIZE: '100' },
      heap: { watcher: { onRequest: (request) => gate.onRequest(request) } },
      app: { heapTiming: { ...SHORT_PATIENCE } },
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

  /** A sync of its own for every test. */
  function nextSync() {
    syncs += 1
    sync = `sync-for-a-test-${syncs}`
    return callerOf(sync)
  }
  function callerOf(reference: string) {
    return createApiCaller({ url: bench.url, origin: bench.app.config.lookerOrigins[0] ?? '' }, reference)
  }
  const deliver = (look: string) =>
    bench.looker.deliver(
      look,
      { ...LOOKS[0]!.suggestedParams, sync_id: sync, max_rejected_percent: '100' },
      { planId: `plan of ${sync}` },
    )
  const rows = () =>
    bench.app.database.query<ImportRow>(
      `select ${IMPORT_COLUMNS} from imports where sync_id = $1 order by id`,
      [sync],
    )
  const finished = (count: number) =>
    waitFor(async () => {
      const all = await rows()
      return all.length === count && all.every(({ state }) => state === 'finished') && all
    }, 'the end of the imports')
  const poison = (...numbers: number[]) =>
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: numbers.map(emailOf) } }] })
  const user = (number: number) => bench.heap.users('11').get(emailOf(number))

  test('who knows only the plan of an import may not change it', async () => {
    poison(3)
    const planId = '4711'
    await bench.looker.deliver(
      'old',
      { ...LOOKS[0]!.suggestedParams, max_rejected_percent: '100' },
      { planId },
    )
    const [own] = await waitFor(async () => {
      const all = await bench.app.database.query<{ id: number; state: string }>(
        'select id, state from imports where plan_id = $1',
        [planId],
      )
      return all[0]?.state === 'finished' && all
    }, 'the end of the import')
    const byPlan = (path: string, method = 'GET') =>
      callerOf(`plan:${planId}`)(`/imports/${own!.id}${path}`, {}, method)
    expect(await (await byPlan('')).json()).toMatchObject({ canRetry: false, canCancel: false })
    for (const change of ['/retry', '/cancel']) {
      const answer = await byPlan(change, 'POST')
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'needs_sync_id' })
    }
  })

  test('a retry makes a failing sync well only when it brings all that was missing', async () => {
    const call = nextSync()
    const stateOf = async () =>
      (
        await bench.app.database.query<{ state: string }>('select state from syncs where sync_id = $1', [
          sync,
        ])
      )[0]?.state
    const send = () =>
      bench.looker.deliver(
        'old',
        { ...LOOKS[0]!.suggestedParams, sync_id: sync },
        { planId: `plan of ${sync}` },
      )
    poison(3, 7)
    await send()
    const [first] = await finished(1)
    expect(await stateOf()).toBe('failing')
    // Heap takes one of the two now.
    poison(7)
    expect((await call(`/imports/${first!.id}/retry`, {}, 'POST')).status).toBe(202)
    const [, second] = await finished(2)
    expect(second).toMatchObject({ delivered: 1, rejected: 1 })
    expect(await stateOf()).toBe('failing')
    poison(9)
    await send()
    const third = (await finished(3))[2]
    bench.heap.setFaults({ rules: [] })
    expect((await call(`/imports/${third!.id}/retry`, {}, 'POST')).status).toBe(202)
    await finished(4)
    await waitFor(async () => (await stateOf()) === 'well', 'the sync to be well')
  })

  test('what Heap refused is sent once more, as an import that says so, and only once', async () => {
    const call = nextSync()
    poison(3, 7, 950)
    await deliver('old')
    const [first] = await finished(1)
    const id = first!.id
    expect(first).toMatchObject({ received: 1_000, delivered: 997, rejected: 3 })
    bench.heap.setFaults({ rules: [] })
    const before = bench.heap.requests().requests
    const [answer, other] = await Promise.all([
      call(`/imports/${id}/retry`, {}, 'POST'),
      call(`/imports/${id}/retry`, {}, 'POST'),
    ])
    expect([answer.status, other.status].sort()).toEqual([202, 409])
    const taken = answer.status === 202 ? answer : other
    const { import: retryId } = (await taken.json()) as Retried
    const [again, retry] = await finished(2)
    expect(again).toEqual(first)
    expect(retry).toMatchObject({ id: retryId, received: 3, delivered: 3, rejected: 0, failure: null })
    for (const number of [3, 7, 950]) expect(user(number)).toMatchObject({ 'Orders Ltv': number })
    // Few rows of several batches go in one request.
    expect(bench.heap.requests().requests).toBe(before + 1)
    const detail = async (importId: number) =>
      (await (await call(`/imports/${importId}`)).json()) as ImportDetail
    expect(await detail(retryId)).toMatchObject({ retryOf: id, canRetry: false })
    expect(await detail(id)).toMatchObject({ retriedAs: [retryId], canRetry: false })
    const third = await call(`/imports/${id}/retry`, {}, 'POST')
    expect(third.status).toBe(409)
    expect(await third.json()).toMatchObject({ code: 'nothing_to_retry' })
  })

  test('a row whose key a later import has brought is left out, and counted as superseded', async () => {
    const call = nextSync()
    poison(3, 7)
    await deliver('old')
    bench.heap.setFaults({ rules: [] })
    await deliver('some')
    const [first] = await finished(2)
    expect((await call(`/imports/${first!.id}/retry`, {}, 'POST')).status).toBe(202)
    const [, , retry] = await finished(3)
    expect(retry).toMatchObject({ received: 2, delivered: 1, superseded: 1 })
    expect(user(3)).toMatchObject({ 'Users Plan': 'some' })
    expect(user(7)).toMatchObject({ 'Users Plan': 'old' })
  })

  test('when a later import has brought all of them, or is unknown, nothing is retried', async () => {
    const call = nextSync()
    poison(3)
    await deliver('old')
    bench.heap.setFaults({ rules: [] })
    await deliver('some')
    const [first, second] = await finished(2)
    await bench.app.database.query('update imports set keys_told = false where id = $1', [second!.id])
    const unknown = await call(`/imports/${first!.id}/retry`, {}, 'POST')
    expect(unknown.status).toBe(409)
    expect(((await unknown.json()) as Problem).detail).toContain(`import ${second!.id}`)
    await bench.app.database.query('update imports set keys_told = true where id = $1', [second!.id])
    const carried = await call(`/imports/${first!.id}/retry`, {}, 'POST')
    expect(carried.status).toBe(409)
    expect(((await carried.json()) as Problem).detail).toContain('brought all')
    expect(await rows()).toHaveLength(2)
    expect(user(3)).toMatchObject({ 'Users Plan': 'some' })
  })

  test('when the keys of a later import cannot be read, it is said what to do, and nothing is lost', async () => {
    const call = nextSync()
    poison(7)
    await deliver('old')
    bench.heap.setFaults({ rules: [] })
    await deliver('some')
    const [first, second] = await finished(2)
    const { database: own } = bench.app
    // Unless the server has used them up already.
    await own.query(
      `insert into import_keys (import_id, part, hash_key, hashes, bytes)
       values ($1, 0, decode('0011223344556677', 'hex'), '', 0) on conflict do nothing`,
      [second!.id],
    )
    await own.query('update import_keys set part = part + 100000 where import_id = $1', [second!.id])
    const answer = await call(`/imports/${first!.id}/retry`, {}, 'POST')
    const problem = (await answer.json()) as Problem
    expect({ status: answer.status, code: problem.code }).toEqual({ status: 409, code: 'nothing_to_retry' })
    expect(problem.detail).toContain(`which rows import ${second!.id}`)
    expect(problem.detail).toContain('Send the Look again')
    expect(await rows()).toHaveLength(2)
  })

  test('a cancelled import sends nothing more, and its rows can be retried without harm to newer ones', async () => {
    const call = nextSync()
    gate.shut()
    const answer = deliver('old')
    await waitFor(() => gate.waiting() === 4, 'four requests in flight')
    await waitFor(async () => (await rows())[0]?.state === 'sending', 'all rows')
    const newer = deliver('edited')
    await waitFor(async () => (await rows())[1]?.state === 'sending', 'the newer rows')
    const [first] = await rows()
    expect((await call(`/imports/${first!.id}/cancel`, {}, 'POST')).status).toBe(202)
    await waitFor(async () => (await rows())[0]?.rejected === 600, 'the rows that waited')
    gate.open()
    const told = await answer
    await newer
    expect(told.status).toBe('failure')
    expect(told.message).toContain('The import was cancelled')
    const [cancelled] = await finished(2)
    expect(cancelled).toMatchObject({ received: 1_000, delivered: 400, rejected: 600 })
    expect(gate.arrived.flatMap(({ entities }) => entities).length).toBe(410)
    const over = await call(`/imports/${first!.id}/cancel`, {}, 'POST')
    expect(await over.json()).toMatchObject({ code: 'already_finished', status: 409 })

    expect((await call(`/imports/${first!.id}/retry`, {}, 'POST')).status).toBe(202)
    const [, , retry] = await finished(3)
    expect(retry!.received).toBe(600)
    expect(retry!.delivered + retry!.superseded).toBe(600)
    expect(bench.heap.users('11').size).toBe(1_000)
    for (let number = 1; number <= 10; number += 1)
      expect(user(number)).toMatchObject({ 'Users Plan': 'edited' })
  })

  test('reading stops when the import is cancelled, and Looker is told', async () => {
    const call = nextSync()
    const answer = deliver('slow')
    const [reading] = await waitFor(async () => {
      const all = await rows()
      return (all[0]?.received ?? 0) > 300 && all
    }, 'some rows')
    expect((await call(`/imports/${reading!.id}/cancel`, {}, 'POST')).status).toBe(202)
    const told = await answer
    expect(told.status).toBe('failure')
    expect(told.message).toMatch(/^The import was cancelled/)
    const [row] = await finished(1)
    expect(row!.received).toBeLessThan(20_000)
    expect(row!.received).toBe(row!.delivered + row!.rejected)
  })

  const HOSTILE = [
    '=1+1',
    '+1',
    '-1',
    '@a',
    '\t=1',
    '\r=1',
    '＝1',
    ' =1',
    '\u200b=1',
    'a"b',
    '%',
    '_',
    "o'x",
    '\\',
  ]

  test('hostile cells: pages, searching and CSV', async () => {
    const call = nextSync()
    poison(1)
    await deliver('some')
    const [row] = await finished(1)
    const id = row!.id
    await bench.app.database.query(
      `insert into rejected_rows (import_id, row_number, join_key, reason)
       select $1, place + 100, key, 'join_key_duplicate' from unnest($2::text[]) with ordinality as keys (key, place)`,
      [id, HOSTILE],
    )
    const page = async (query: Record<string, string>) =>
      (await (await call(`/imports/${id}/rejected-rows`, query)).json()) as RejectedRowPage
    for (const key of HOSTILE) {
      expect((await page({ key, match: 'exact' })).rows.map((found) => found.key)).toEqual([key])
      expect((await page({ key })).rows[0]?.key).toBe(key)
    }
    const seen: (string | null)[] = []
    for (let cursor: string | null = '0'; cursor !== null; ) {
      const next: RejectedRowPage = await page({ cursor, limit: '4' })
      seen.push(...next.rows.map(({ key }) => key))
      cursor = next.nextCursor
    }
    expect(seen).toEqual([emailOf(1), ...HOSTILE])
    expect((await page({ reason: 'heap_refused' })).rows).toMatchObject([{ row: 1, key: emailOf(1) }])

    const csv = await call(`/imports/${id}/rejected-rows.csv`)
    expect(csv.headers.get('content-disposition')).toBe(
      `attachment; filename="rejected-rows-of-import-${id}.csv"`,
    )
    const text = await csv.text()
    const lines = text.split('\r\n').filter((line) => line !== '')
    expect(lines).toHaveLength(HOSTILE.length + 2)
    for (const [index, key] of HOSTILE.slice(0, 9).entries()) {
      expect(lines[index + 2]).toMatch(new RegExp(`^${index + 101},"?'`))
      expect(lines[index + 2]).toContain(key)
    }
    const byPlan = await call(`/imports/${id}/rejected-rows`, { sync: `plan:plan of ${sync}` })
    expect(byPlan.status).toBe(404)
  })

  test('a person is forgotten: rejected, kept and waiting rows', async () => {
    const call = nextSync()
    const PERSON = emailOf(50_003)
    poison(50_003, 50_004)
    await deliver('person')
    await finished(1)
    bench.heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 503 } }] })
    const waiting = deliver('person again')
    await waitFor(async () => (await rows())[1]?.state === 'sending', 'rows that wait')
    const { repositories } = bench.app
    const forget = (connection: number, key: string) => forgetKey(connection, key, repositories)
    expect(await forget(999, PERSON)).toMatchObject({ rejectedRows: 0, keptRows: 0, waitingRows: 0 })
    for (const key of ['%', '', '_', "'; drop table imports; --", '\0', '\ud800']) {
      expect(await forget(1, key)).toMatchObject({ rejectedRows: 0, keptRows: 0, waitingRows: 0 })
    }
    const found = { rejectedRows: 0, keptRows: 0, waitingRows: 0 }
    await waitFor(async () => {
      const { rowsInFlight, importsBeingRead, ...more } = await forget(1, PERSON)
      expect(importsBeingRead).toBe(0)
      found.rejectedRows += more.rejectedRows
      found.keptRows += more.keptRows
      found.waitingRows += more.waitingRows
      return rowsInFlight === 0
    }, 'nothing in flight')
    expect(found).toEqual({ rejectedRows: 1, keptRows: 1, waitingRows: 1 })
    bench.heap.setFaults({ rules: [] })
    await waiting
    const [first, second] = await finished(2)
    expect(second).toMatchObject({ received: 10, delivered: 9, rejected: 1 })
    expect(user(50_003)).toBeUndefined()
    const page = await call(`/imports/${first!.id}/rejected-rows`)
    expect(((await page.json()) as RejectedRowPage).rows.map(({ key }) => key)).toEqual([
      null,
      emailOf(50_004),
    ])
  })

  test('a person is forgotten in every text that repeats the key, and it is said what is being read', async () => {
    const PERSON = 'someone@example.com'
    nextSync()
    await deliver('some')
    const [first] = await finished(1)
    const { database: own, repositories } = bench.app
    const words = `Heap says: no ${PERSON}, please`
    await own.query(
      `update imports set failure = $2::text, refused_text = $2::text, last_error = $2::text,
         answer = jsonb_build_object('success', false, 'message', $2::text, 'at', now()) where id = $1`,
      [first!.id, words],
    )
    await own.query(
      `insert into batches (import_id, number, state, entities, row_ranges, last_error)
       values ($1, 999, 'done', 1, '1', $2)`,
      [first!.id, words],
    )
    await own.query("insert into heap_denials (environment_id, status, text) values ('11', 403, $1)", [words])
    await own.query(
      `insert into imports (connection_id, sync_key, settings, environment_id, state)
       values (1, 'being read', '{}', '11', 'reading')`,
    )
    const found = await forgetKey(1, PERSON, repositories)
    expect(found).toMatchObject({ texts: 6, importsBeingRead: 1 })
    const left = await own.query(
      `select row_to_json(imports)::text || coalesce((select string_agg(last_error, '') from batches), '')
         || (select string_agg(text, '') from heap_denials) as all
       from imports`,
    )
    expect(JSON.stringify(left)).toContain('erased on request')
    expect(JSON.stringify(left)).not.toContain(PERSON)
    await own.query("delete from imports where sync_key = 'being read'")
    await own.query('delete from heap_denials')
    expect(await forgetKey(1, PERSON, repositories)).toMatchObject({ texts: 0, importsBeingRead: 0 })
  })
})
