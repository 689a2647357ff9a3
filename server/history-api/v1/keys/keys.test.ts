import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LookRow } from '../../../../sandbox/looker/look.ts'
import type { FoundKeys } from '../../../../shared/api/known-keys.ts'
import { FoundKeysSchema, MatchSchema } from '../../../../shared/api/known-keys.ts'
import { forgetKey } from '../../../imports/repair/forget-key.ts'
import type { ApiClient } from '../../../testing/api-client.ts'
import { createApiClient } from '../../../testing/api-client.ts'
import type { TestDatabase } from '../../../testing/engines.ts'
import { ENGINES } from '../../../testing/engines.ts'
import { emailOf } from '../../../testing/keys-look.ts'
import { sampleLook } from '../../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../../testing/short-patience.ts'
import type { TestBench } from '../../../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../../../testing/test-bench.ts'

/** Users `from` to `to`, one twice and one without a usable key. */
function look(id: string, from: number, to: number) {
  return sampleLook({
    id,
    rows: function* () {
      for (let number = from; number <= to; number += 1) {
        yield { 'users.email': emailOf(number), 'users.plan': 'pro', 'orders.ltv': number } as LookRow
      }
      yield { 'users.email': emailOf(from), 'users.plan': 'twin', 'orders.ltv': 0 } as LookRow
      yield { 'users.email': 'undefined', 'users.plan': 'none', 'orders.ltv': 0 } as LookRow
    },
  })
}

describe.each(ENGINES)('join keys of deliveries, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let client: ApiClient
  let syncs = 0

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({ database, app: { heapTiming: SHORT_PATIENCE } })
    client = await createApiClient(bench.url, TOKEN, bench.app.config.lookerOrigins[0] ?? '')
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })
  afterEach(() => bench.heap.reset())

  function nextSync() {
    syncs += 1
    const sync = `sync-of-keys-${syncs}-long-enough`
    const { suggestedParams } = look('', 1, 1)
    return {
      sync,
      async deliver(from: number, to: number, more: Record<string, string> = {}) {
        await bench.looker.deliver(
          look(sync, from, to),
          { ...suggestedParams, sync_id: sync, send: 'changed', ...more },
          { planId: `${sync}-plan` },
        )
        return (await bench.newestImport()).id
      },
    }
  }

  const post = (path: string, body: unknown) => ({
    path,
    init: {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    },
  })
  async function answerOf(path: string, body: unknown, schema: Parameters<ApiClient['get']>[1]) {
    const { init } = post(path, body)
    const answer = await client.call(path, init)
    expect(answer.status).toBe(200)
    const value: unknown = await answer.json()
    const { Errors } = await import('typebox/value')
    expect([...Errors(schema, value)]).toEqual([])
    return value
  }
  const lookUp = async (sync: string, keys: readonly string[]) =>
    (await answerOf(`/syncs/${sync}/key-lookups`, { keys }, FoundKeysSchema)) as FoundKeys
  const problemOf = (path: string, body: unknown) => client.problem(path, post(path, body).init)

  test('are looked up: delivered, unchanged, rejected, or not known', async () => {
    const { sync, deliver } = nextSync()
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(3)] } }] })
    const first = await deliver(1, 10)
    const keys = [
      emailOf(1),
      ` ${emailOf(2)} `,
      emailOf(3),
      emailOf(11),
      'undefined',
      emailOf(2).toUpperCase(),
    ]
    const before = await lookUp(sync, keys)
    expect(before.import).toMatchObject({ id: first })
    expect(before.keys.map(({ outcome, reason, importId }) => [outcome, reason, importId])).toEqual([
      // Of two rows with the key the first was sent.
      ['delivered', null, first],
      ['delivered', null, first],
      ['rejected', 'heap_refused', first],
      [null, null, null],
      ['rejected', 'join_key_placeholder', first],
      [null, null, null],
    ])
    expect(before.keys.map(({ found }) => found)).toEqual([true, true, true, false, true, false])
    bench.heap.setFaults({ rules: [] })
    const second = await deliver(1, 12)
    const after = await lookUp(sync, keys)
    expect(after.import).toMatchObject({ id: second })
    expect(after.keys.slice(0, 4).map(({ outcome, importId }) => [outcome, importId])).toEqual([
      ['unchanged', second],
      ['unchanged', second],
      ['delivered', second],
      ['delivered', second],
    ])
  })

  test('are not told as delivered when Heap refused them and the rows are not kept any more', async () => {
    const { sync, deliver } = nextSync()
    const { database: opened } = bench.app
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(3)] } }] })
    const first = await deliver(1, 10)
    // Checks and tests apart, twenty newer imports of the sync have rejected rows of their own.
    await opened.query(
      `insert into imports (connection_id, sync, sync_key, sync_id, target_key, settings, environment_id, state, failure,
         received, rejected, finished_at)
       select connection_id, sync, sync_key, sync_id, target_key, settings, environment_id, 'finished', 'broke off', 1, 1,
         now() from imports, generate_series(1, 25) where id = $1`,
      [first],
    )
    const outcomes = async () =>
      (await lookUp(sync, [emailOf(3), emailOf(4)])).keys.map(({ found, outcome }) => [found, outcome])
    expect(await outcomes()).toEqual([
      [true, 'rejected'],
      [true, 'delivered'],
    ])
    await opened.query('delete from rejected_rows where import_id = $1', [first])
    expect(await outcomes()).toEqual([
      [true, null],
      [true, null],
    ])
  })

  test('of a retry that was interrupted stay rejected, as far as it has not tried them', async () => {
    const { sync, deliver } = nextSync()
    const { database: opened } = bench.app
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(3)] } }] })
    const first = await deliver(1, 10)
    const outcome = async () => (await lookUp(sync, [emailOf(3)])).keys[0]?.outcome
    const retryOf = (failure: string | null) =>
      opened.query(
        `insert into imports (connection_id, sync, sync_key, sync_id, target_key, settings, environment_id, state, failure,
           retry_of, complete, finished_at)
         select connection_id, sync, sync_key, sync_id, target_key, settings, environment_id, 'finished', $2, id,
           $2::text is null, now() from imports where id = $1`,
        [first, failure],
      )
    await retryOf('interrupted')
    expect(await outcome()).toBe('rejected')
    await retryOf(null)
    // Its line is still kept for another try.
    expect(await outcome()).toBe('rejected')
    await opened.query('delete from kept_lines where import_id = $1', [first])
    expect(await outcome()).toBe('delivered')
    expect((await lookUp(sync, [emailOf(4)])).import).toMatchObject({ id: first })
  })

  test('of the longest kind, and longer ones, are told as they were rejected', async () => {
    const { sync, deliver } = nextSync()
    const id = await deliver(1, 3)
    const { suggestedParams } = look('', 1, 1)
    const long = `${'\u{1F600}'.repeat(250)}@x.io`
    const rows = () => [{ 'users.email': long, 'users.plan': 'pro', 'orders.ltv': 1 } as LookRow]
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [long] } }] })
    await bench.looker.deliver(
      sampleLook({ id: sync, rows }),
      { ...suggestedParams, sync_id: sync, send: 'all' },
      { planId: `${sync}-plan` },
    )
    const { keys } = await lookUp(sync, [long])
    expect(keys).toMatchObject([{ outcome: 'rejected', reason: 'heap_refused' }])
    expect(keys[0]?.importId).toBeGreaterThan(id)
  })

  test('are looked up in the newest whole delivery or in none', async () => {
    const { sync, deliver } = nextSync()
    await deliver(1, 3)
    const second = await deliver(1, 3)
    // As when it could not be kept.
    await bench.app.database.query('update imports set known_rows = null, known_parts = null where id = $1', [
      second,
    ])
    expect((await lookUp(sync, [emailOf(1)])).import).toBeNull()
  })

  test('are told to those who know the sync_id, at most 500 at once', async () => {
    const { sync, deliver } = nextSync()
    expect(await problemOf(`/syncs/${sync}/key-lookups`, { keys: ['a'] })).toMatchObject({
      code: 'unknown_sync',
    })
    const id = await deliver(1, 3)
    expect(await problemOf(`/syncs/plan:${sync}-plan/key-lookups`, { keys: ['a'] })).toMatchObject({
      code: 'keys_need_sync_id',
    })
    const many = Array.from({ length: 501 }, (_, number) => emailOf(number))
    for (const keys of [[], [''], many, [{}]]) {
      expect(await problemOf(`/syncs/${sync}/key-lookups`, { keys })).toMatchObject({ code: 'bad_request' })
    }
    expect((await lookUp(sync, many.slice(0, 500))).keys.filter(({ found }) => found)).toHaveLength(3)
    const other = nextSync()
    const body = { against: { import: id, sync: other.sync }, keys: [] }
    expect(await problemOf(`/imports/${id}/match?sync=${sync}`, body)).toMatchObject({
      code: 'unknown_import',
    })
  })

  test('of a check are matched with those of another Look', async () => {
    const [sync, users] = [nextSync(), nextSync()]
    const dryRun = { dry_run: 'yes', send: 'all' }
    const own = await sync.deliver(1, 5_000, dryRun)
    const against = await users.deliver(4_001, 6_000, dryRun)
    const keys = [emailOf(4_001), emailOf(4_000), ` ${emailOf(6_000)}`, 'nobody']
    const body = { against: { import: against, sync: users.sync }, keys }
    expect(await answerOf(`/imports/${own}/match?sync=${sync.sync}`, body, MatchSchema)).toEqual({
      known: 1_000,
      unknown: 4_000,
      keys: [true, false, true, false],
    })
    const turned = { against: { import: own, sync: sync.sync }, keys: [] }
    expect(await answerOf(`/imports/${against}/match?sync=${users.sync}`, turned, MatchSchema)).toMatchObject(
      {
        known: 1_000,
        unknown: 1_000,
      },
    )
    for (const { id } of [{ id: own }, { id: against }])
      expect(bench.heap.users('11').size, String(id)).toBe(0)
    // Of a sync's checks the last two are kept.
    await sync.deliver(1, 2, dryRun)
    await sync.deliver(1, 3, dryRun)
    expect(await problemOf(`/imports/${own}/match?sync=${sync.sync}`, body)).toMatchObject({
      code: 'keys_not_kept',
    })
  })

  test('are forgotten on request, and are not kept of checks after a day', async () => {
    const { sync, deliver } = nextSync()
    await deliver(1, 9_000)
    const { app } = bench
    expect(await forgetKey(1, emailOf(77), app.repositories)).toMatchObject({ fingerprints: 1 })
    expect(await forgetKey(1, emailOf(77), app.repositories)).toMatchObject({ fingerprints: 0 })
    const { keys } = await lookUp(sync, [emailOf(76), emailOf(77), emailOf(78)])
    expect(keys.map(({ found }) => found)).toEqual([true, false, true])
    // Two at once take two keys off one part, and a set that is gone meanwhile is no error.
    const both = [76, 78].map((number) => forgetKey(1, emailOf(number), app.repositories))
    expect((await Promise.all(both)).map(({ fingerprints }) => fingerprints)).toEqual([1, 1])
    const gone = (await lookUp(sync, [emailOf(76), emailOf(78)])).keys
    expect(gone.map(({ found }) => found)).toEqual([false, false])
    await app.database.query('delete from known_rows')
    expect(await forgetKey(1, emailOf(79), app.repositories)).toMatchObject({ fingerprints: 0, tests: 0 })
    await deliver(1, 9_000)
    const check = await deliver(1, 5, { dry_run: 'yes' })
    const ids = () => app.database.query('select import_id from known_rows where import_id = $1', [check])
    await app.repositories.imports.deleteOld({ imports: 90, rejectedRows: 14 })
    expect(await ids()).not.toEqual([])
    await app.database.query("update imports set started_at = now() - interval '25 hours' where id = $1", [
      check,
    ])
    await app.repositories.imports.deleteOld({ imports: 90, rejectedRows: 14 })
    expect(await ids()).toEqual([])
    expect(await app.repositories.known.find(check)).toBeUndefined()
  })
})
