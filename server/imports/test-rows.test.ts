import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LookRow } from '../../sandbox/looker/look.ts'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { createApiCaller } from '../testing/api-caller.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { emailOf } from '../testing/keys-look.ts'
import { sampleLook } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'

const ROWS = 20_000
let read = 0

/** Rows of which the first two cannot be sent; how many Looker has written is counted. */
function look(plan: string) {
  const found = sampleLook({
    id: `test ${plan}`,
    rows: function* () {
      yield { 'users.email': null, 'users.plan': plan, 'orders.ltv': 0 } as LookRow
      yield { 'users.email': 'undefined', 'users.plan': plan, 'orders.ltv': 0 } as LookRow
      for (let number = 1; number <= ROWS; number += 1) {
        read += 1
        yield { 'users.email': emailOf(number), 'users.plan': plan, 'orders.ltv': number } as LookRow
      }
    },
    slow: { firstByteSeconds: 0, pauseMilliseconds: 20 },
  })
  read = 0
  return found
}

describe.each(ENGINES)('a test of some rows, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let syncs = 0

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({ database, app: { heapTiming: SHORT_PATIENCE } })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })
  afterEach(() => bench.heap.reset())

  function nextSync() {
    syncs += 1
    const sync = `sync-with-tests-${syncs}`
    const call = createApiCaller({ url: bench.url, origin: bench.app.config.lookerOrigins[0] ?? '' }, sync)
    const params = {
      ...sampleLook({ rows: () => [] }).suggestedParams,
      sync_id: sync,
      max_rejected_percent: '90',
    }
    return {
      sync,
      call,
      deliver: (more: Record<string, string>, plan = 'pro', mode: 'url' | 'push' = 'url') =>
        bench.looker.deliver(look(plan), { ...params, ...more }, { planId: `${sync}-plan`, mode }),
      detail: async (id: number) => (await (await call(`/imports/${id}`)).json()) as ImportDetail,
      health: async () => {
        const { syncs } = (await (await call('/syncs', { ids: sync })).json()) as { syncs: SyncHealth[] }
        return syncs[0]!
      },
    }
  }

  test.each(['url', 'push'] as const)('sends so many and reads no further, by %s', async (mode) => {
    const { deliver, detail } = nextSync()
    const { status, message } = await deliver({ test_rows: '3' }, 'pro', mode)
    expect(message).toMatch(
      /^3 test rows were sent into Heap environment 11; the rest of the Look was not read\./,
    )
    expect(status).toBe('success')
    expect([...bench.heap.users('11').keys()]).toEqual([1, 2, 3].map(emailOf))
    if (mode === 'url') expect(read).toBeLessThan(ROWS / 2)
    const newest = await bench.newestImport()
    expect(newest).toMatchObject({ received: 5, delivered: 3, rejected: 1, skipped: 1, failure: null })
    const { test: exchange, testRows, success } = await detail(newest.id)
    expect({ testRows, success }).toEqual({ testRows: 3, success: true })
    expect(exchange?.request.path).toMatch(/^\/api\//)
    const body = JSON.parse(exchange?.request.body ?? '') as { users: { identity: string }[] }
    expect(body.users.map(({ identity }) => identity)).toEqual([1, 2, 3].map(emailOf))
    expect(exchange?.answer).toMatchObject({ status: 200 })
  })

  test('shows what Heap answers to a row that it refuses, and to nobody without the sync_id', async () => {
    const { deliver, detail, sync, call } = nextSync()
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(1)] } }] })
    const { status } = await deliver({ test_rows: '1', max_rejected_percent: '0' })
    expect(status).toBe('failure')
    const { id } = await bench.newestImport()
    const { test: exchange } = await detail(id)
    expect(exchange?.answer?.status).toBe(400)
    expect(exchange?.request.body).toContain(emailOf(1))
    const others = (await (
      await call(`/imports/${id}`, { sync: `plan:${sync}-plan` })
    ).json()) as ImportDetail
    expect(others.test ?? null).toBeNull()
  })

  test('changes nothing of its sync: it is not whole, not usual, no state and no beginning', async () => {
    const { deliver, health, sync } = nextSync()
    await deliver({})
    const before = await health()
    expect(before).toMatchObject({ state: 'rejected_rows', usualRows: ROWS + 2 })
    const syncRow = () => bench.app.database.query('select * from syncs where sync_id = $1', [sync])
    const [row] = await syncRow()
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(1)] } }] })
    for (let count = 0; count < 4; count += 1) {
      await deliver({ test_rows: '1', max_rejected_percent: '0' }, `test ${count}`)
    }
    expect(await syncRow()).toEqual([row])
    const { state, stateSince, lastSuccessAt, usualRows, due, recent } = await health()
    expect({ state, stateSince, lastSuccessAt, usualRows, due }).toEqual({
      state: before.state,
      stateSince: before.stateSince,
      lastSuccessAt: before.lastSuccessAt,
      usualRows: before.usualRows,
      due: before.due,
    })
    expect(recent.map(({ testRows }) => testRows)).toEqual([1, 1, 1, 1, null])
    const whole = await bench.app.database.query(
      "select id from imports where sync_id = $1 and complete and settings ->> 'testRows' is not null",
      [sync],
    )
    expect(whole).toEqual([])
  })

  test('is gone with its connection to a person, and with rejected rows', async () => {
    const { deliver, detail } = nextSync()
    await deliver({ test_rows: '2' })
    const { id } = await bench.newestImport()
    const { tests, imports } = bench.app.repositories
    expect(await tests.forget(1, 'user2@example.co')).toBe(0)
    expect(await tests.forget(1, emailOf(2))).toBeGreaterThanOrEqual(1)
    expect((await detail(id)).test).toBeNull()
    await deliver({ test_rows: '2' })
    const { id: next } = await bench.newestImport()
    await imports.deleteOld({ imports: 90, rejectedRows: 14 })
    expect((await detail(next)).test).not.toBeNull()
    await bench.app.database.query(
      "update imports set finished_at = now() - interval '15 days' where id = $1",
      [next],
    )
    await imports.deleteOld({ imports: 90, rejectedRows: 14 })
    expect((await detail(next)).test).toBeNull()
  })
})
