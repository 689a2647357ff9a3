import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ResultFault } from '../../../sandbox/looker/delivering/result-fault.ts'
import type { LookRow } from '../../../sandbox/looker/look.ts'
import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import { ALL_EVERY } from '../../../shared/settings/send.ts'
import { createApiCaller } from '../../testing/api-caller.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { emailOf } from '../../testing/keys-look.ts'
import { sampleLook } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'

const ROWS = 500

/** Users 1 to `rows`; the plan of some is another. */
function look(id: string, plans: Record<number, string> = {}, rows = ROWS) {
  return sampleLook({
    id,
    rows: function* () {
      for (let number = 1; number <= rows; number += 1) {
        yield {
          'users.email': emailOf(number),
          'users.plan': plans[number] ?? 'pro',
          'orders.ltv': number,
        } as LookRow
      }
    },
  })
}

describe.each(ENGINES)('sending what has changed, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let syncs = 0

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({
      database,
      environment: { HEAP_BATCH_SIZE: '100' },
      app: { heapTiming: SHORT_PATIENCE },
    })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })
  afterEach(() => bench.heap.reset())

  /** A sync of its own Look for every test. */
  function nextSync() {
    syncs += 1
    const id = `changed-${syncs}`
    const sync = `sync-of-changes-${syncs}`
    const call = createApiCaller({ url: bench.url, origin: bench.app.config.lookerOrigins[0] ?? '' }, sync)
    const params = { ...look(id).suggestedParams, sync_id: sync, send: 'changed' }
    return {
      sync,
      call,
      async deliver(
        plans: Record<number, string> = {},
        more: Record<string, string> = {},
        options: { rows?: number; fault?: ResultFault; planId?: string } = {},
      ) {
        const { rows = ROWS, ...others } = options
        const before = bench.heap.requests().requests
        const { message, status } = await bench.looker.deliver(
          look(id, plans, rows),
          { ...params, ...more },
          { planId: `${sync}-plan`, ...others },
        )
        const newest = await bench.newestImport()
        const { received, delivered, rejected, unchanged } = newest
        const requests = bench.heap.requests().requests - before
        return {
          id: newest.id,
          message,
          status,
          requests,
          counts: { received, delivered, rejected, unchanged },
        }
      },
      detail: async (importId: number) => (await (await call(`/imports/${importId}`)).json()) as ImportDetail,
    }
  }

  const planOf = (number: number) => bench.heap.users('11').get(emailOf(number))?.['Users Plan']
  const all = { received: ROWS, delivered: ROWS, rejected: 0, unchanged: 0 }
  const some = (delivered: number) => ({ ...all, delivered, unchanged: ROWS - delivered })

  test('leaves out what equals the last delivery, and says so', async () => {
    const { deliver, detail } = nextSync()
    const first = await deliver()
    expect(first).toMatchObject({ counts: all, requests: 5 })
    expect(first.message).toContain('All rows were sent')
    expect((await detail(first.id)).comparison).toBeNull()
    const second = await deliver({ 3: 'free', 490: 'free' })
    expect(second).toMatchObject({ status: 'success', counts: some(2), requests: 1 })
    expect(second.message).toContain('498 rows unchanged since the last delivery and not sent.')
    expect((await detail(second.id)).comparison).toEqual({ new: 0, changed: 2, unchanged: 498, gone: 0 })
    expect([planOf(3), planOf(4)]).toEqual(['free', 'pro'])
    const third = await deliver({ 490: 'free' }, {}, { rows: ROWS + 1 })
    expect(third.counts).toEqual({ ...some(2), received: ROWS + 1, unchanged: ROWS - 1 })
    expect((await detail(third.id)).comparison).toEqual({ new: 1, changed: 1, unchanged: 499, gone: 0 })
    expect(planOf(3)).toBe('pro')
    const fewer = await deliver({ 490: 'free' }, {}, { rows: 10 })
    expect(fewer).toMatchObject({ requests: 0, counts: { received: 10, delivered: 0, unchanged: 10 } })
    expect((await detail(fewer.id)).comparison).toEqual({ new: 0, changed: 0, unchanged: 10, gone: 491 })
    // What is gone is not known any more, whatever Heap has of it.
    expect((await deliver({ 490: 'free' })).counts).toEqual(some(490))
  })

  test('makes 1 % of the requests where 1 % of the rows have changed', async () => {
    const { deliver } = nextSync()
    const rows = 20_000
    expect(await deliver({}, {}, { rows })).toMatchObject({ requests: 200 })
    const plans = Object.fromEntries(
      Array.from({ length: rows / 100 }, (_, index) => [index * 100 + 1, 'free']),
    )
    const changed = await deliver(plans, {}, { rows })
    expect(changed.counts).toMatchObject({ delivered: 200, unchanged: rows - 200 })
    expect(changed.requests).toBeLessThanOrEqual(200 * 0.012)
  })

  test('sends again what Heap refused, and everything once it is not known any more what that was', async () => {
    const { deliver } = nextSync()
    const poison = () =>
      bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(7), emailOf(8)] } }] })
    poison()
    expect((await deliver()).counts).toEqual({ ...all, delivered: ROWS - 2, rejected: 2 })
    expect((await deliver()).counts).toEqual({
      received: ROWS,
      delivered: 0,
      rejected: 2,
      unchanged: ROWS - 2,
    })
    bench.heap.setFaults({ rules: [] })
    expect((await deliver()).counts).toEqual(some(2))
    poison()
    const refused = await deliver({ 7: 'free' })
    expect(refused.counts).toEqual({ received: ROWS, delivered: 0, rejected: 1, unchanged: ROWS - 1 })
    bench.heap.setFaults({ rules: [] })
    await bench.app.database.query('delete from rejected_rows where import_id = $1', [refused.id])
    expect((await deliver({ 7: 'free' })).counts).toEqual(all)
  })

  test.each([
    ['a delivery that broke off', {}, { fault: { kind: 'truncated', afterRows: 50 } as const }],
    ['a test', { test_rows: '1' }, {}],
    ['another column as key', { heap_field: 'orders.ltv' }, {}],
    ['another environment', { env_id: '12' }, {}],
    ['a delivery of the same Look by hand', { sync_id: '', send: 'all' }, { planId: 'by-hand' }],
  ])('sends everything after %s', async (_, more, options) => {
    const { deliver } = nextSync()
    await deliver()
    expect((await deliver({ 1: 'free' })).counts).toEqual(some(1))
    await deliver({ 2: 'other' }, more, options)
    expect((await deliver({ 1: 'free' })).counts).toEqual(all)
    expect((await deliver({ 1: 'free' })).counts).toEqual(some(0))
  })

  test('sends everything where names, columns or the target have changed', async () => {
    const { deliver } = nextSync()
    await deliver()
    for (const more of [
      { property_names: '{"rename":{"users.plan":"plan"}}' },
      { property_names: '{"exclude":["users.plan"]}' },
      { env_id: '13' },
      { property_type: 'account' },
      { match_by: 'heap_setup' },
    ] as Record<string, string>[]) {
      expect((await deliver({}, more)).counts).toEqual(all)
      expect((await deliver({}, more)).counts).toEqual(some(0))
    }
  })

  test('sends everything every so manyth time', async () => {
    const { deliver } = nextSync()
    const sent: number[] = []
    for (let count = 0; count < 2 * ALL_EVERY + 1; count += 1) sent.push((await deliver()).counts.delivered)
    const expected = sent.map((_, index) => (index % ALL_EVERY === 0 ? ROWS : 0))
    expect(sent).toEqual(expected)
  })

  test('a dry run tells what would be sent, and is no delivery', async () => {
    const { deliver, detail } = nextSync()
    await deliver()
    const checked = await deliver({ 1: 'free' }, { dry_run: 'yes' })
    expect(checked).toMatchObject({ requests: 0, counts: some(1) })
    expect((await detail(checked.id)).comparison).toEqual({ new: 0, changed: 1, unchanged: 499, gone: 0 })
    const other = await deliver({ 1: 'free', 2: 'free' }, { dry_run: 'yes', send: 'all' })
    expect((await detail(other.id)).comparison).toEqual({ new: 0, changed: 2, unchanged: 498, gone: 0 })
    expect((await deliver({ 1: 'free' })).counts).toEqual(some(1))
  })

  test('sends everything when another sync has written the same properties, and says why', async () => {
    const [own, other] = [nextSync(), nextSync()]
    await own.deliver()
    expect((await own.deliver()).counts).toEqual(some(0))
    await other.deliver({ 5: 'theirs' })
    expect(planOf(5)).toBe('theirs')
    const again = await own.deliver()
    expect(again.counts).toEqual(all)
    expect(again.message).toContain('another sync has sent some of the same properties')
    expect(planOf(5)).toBe('pro')
    // It has nothing in common with these.
    const names = {
      property_names: '{"rename":{"users.plan":"Their plan","orders.ltv":"Their ltv"}}',
    }
    await other.deliver({ 5: 'theirs' }, names)
    expect((await own.deliver()).counts).toEqual(some(0))
    // A delivery that leaves everything out sends nothing.
    expect((await other.deliver({ 5: 'theirs' }, names)).counts).toEqual(some(0))
    expect((await own.deliver()).counts).toEqual(some(0))
  })

  test('sends everything when an older delivery of another sync has ended since', async () => {
    const [own, other] = [nextSync(), nextSync()]
    const { id } = await other.deliver()
    const first = await own.deliver()
    await bench.app.database.query(
      `update imports set finished_at = (select finished_at from imports where id = $2) + interval '1 ms'
       where id = $1`,
      [id, first.id],
    )
    expect((await own.deliver()).counts).toEqual(all)
  })

  test('takes a key of any length off when Heap has refused it', async () => {
    const { sync } = nextSync()
    const long = `${'\u{1F600}'.repeat(240)}@example.com`
    const id = `long-${sync}`
    const rows = () => [{ 'users.email': long, 'users.plan': 'pro', 'orders.ltv': 1 } as LookRow]
    const params = { ...look(id).suggestedParams, sync_id: sync, send: 'changed' }
    const send = async () => {
      await bench.looker.deliver(sampleLook({ id, rows }), params, { planId: `${sync}-plan` })
      const { delivered, rejected, unchanged } = await bench.newestImport()
      return { delivered, rejected, unchanged }
    }
    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [long] } }] })
    expect(await send()).toEqual({ delivered: 0, rejected: 1, unchanged: 0 })
    bench.heap.setFaults({ rules: [] })
    expect(await send()).toEqual({ delivered: 1, rejected: 0, unchanged: 0 })
  })

  test('sends everything once the operator has said that the database was restored', async () => {
    const { deliver } = nextSync()
    await deliver()
    expect((await deliver()).counts).toEqual(some(0))
    expect(await bench.app.repositories.known.dropAll()).toBeGreaterThan(0)
    expect(await bench.app.database.query('select part from known_rows')).toEqual([])
    const again = await deliver()
    expect(again.counts).toEqual(all)
    expect(again.message).toContain('no fingerprints of the last delivery are kept')
  })

  test('fingerprints of an import whose reader was killed are deleted', async () => {
    const { deliver } = nextSync()
    const { id } = await deliver()
    const { database: opened, repositories } = bench.app
    const left = () => opened.query('select part from known_rows where import_id = $1', [id])
    // As kill -9 leaves them between their parts and the row that tells of them.
    await opened.query('update imports set known_rows = null, known_parts = null where id = $1', [id])
    expect(await left()).not.toEqual([])
    await repositories.imports.deleteOld({ imports: 90, rejectedRows: 14 })
    expect(await left()).toEqual([])
  })

  test('without a sync_id nothing is kept, and of a sync only the last delivery', async () => {
    const { deliver, sync } = nextSync()
    await deliver({}, { sync_id: '', send: 'all' })
    const sets = () =>
      bench.app.database.query(
        'select distinct import_id from known_rows join imports on id = import_id where plan_id = $1',
        [`${sync}-plan`],
      )
    expect(await sets()).toEqual([])
    await deliver()
    await deliver()
    expect(await sets()).toHaveLength(1)
  })
})
