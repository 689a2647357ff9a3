import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { LookRow } from '../../../sandbox/looker/look.ts'
import type { ImportDetail } from '../../../shared/api/import-detail.ts'
import { createApiCaller } from '../../testing/api-caller.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { emailOf } from '../../testing/keys-look.ts'
import { sampleLook } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

/** Users with a plan and an income, unless they are given others. */
function look(rows: number, more: (number: number) => Partial<LookRow> = () => ({})) {
  return sampleLook({
    rows: function* () {
      for (let number = 1; number <= rows; number += 1) {
        yield {
          'users.email': emailOf(number),
          'users.plan': 'pro',
          'orders.ltv': number + 0.5,
          ...more(number),
        } as LookRow
      }
    },
  })
}

const PARAMS = look(1).suggestedParams

describe.each(ENGINES)('guardrails, on $engine', { timeout: 120_000 }, ({ createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let syncs = 0
  let sync = ''

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({ database, app: { heapTiming: SHORT_PATIENCE } })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })
  afterEach(() => bench.heap.reset())

  /** A sync of its own for every test. */
  function nextSync() {
    syncs += 1
    sync = `sync-for-a-test-${syncs}`
    return createApiCaller({ url: bench.url, origin: bench.app.config.lookerOrigins[0] ?? '' }, sync)
  }
  /** What Looker was told, and the codes of the remarks as the API tells them. */
  async function deliver(
    call: ReturnType<typeof nextSync>,
    sent: ReturnType<typeof look>,
    params: Record<string, string> = {},
  ) {
    const { message, status } = await bench.looker.deliver(
      sent,
      { ...PARAMS, sync_id: sync, ...params },
      { planId: sync },
    )
    const { id } = await bench.newestImport()
    const detail = await (await call(`/imports/${id}`)).json()
    const { remarks } = detail as ImportDetail
    return { id, message, status, remarks, codes: remarks.map(({ code }) => code) }
  }

  test('mark an unusual number of rows, to Looker and in the API, once it is known what is usual', async () => {
    const call = nextSync()
    expect((await deliver(call, look(200))).codes).toEqual([])
    // Nobody knows yet what is usual.
    expect((await deliver(call, look(90))).codes).toEqual([])
    for (let count = 0; count < 2; count += 1) expect((await deliver(call, look(200))).codes).toEqual([])
    const fewer = await deliver(call, look(99))
    expect(fewer).toMatchObject({ status: 'success', codes: ['fewer_rows_than_usual'] })
    expect(fewer.remarks[0]).toMatchObject({ kind: 'warning', count: 99 })
    expect(fewer.message).toContain('99 rows came, less than half of the usual 200.')
    expect((await deliver(call, look(100))).codes).toEqual([])
    const none = await deliver(call, look(0))
    expect(none).toMatchObject({ status: 'success', codes: ['no_rows'] })
    expect(none.message).toContain('The Look returned no rows; nothing was changed in Heap. Usually')
    expect((await deliver(call, look(1_001))).codes).toEqual(['more_rows_than_usual'])
  })

  test('mark a property that is empty or of another type than in the last whole import', async () => {
    const call = nextSync()
    expect((await deliver(call, look(20))).codes).toEqual([])
    const emptied = await deliver(
      call,
      look(20, () => ({ 'users.plan': null })),
    )
    expect(emptied.codes).toEqual(['properties_emptied'])
    expect(emptied.message).toContain('The property "Users Plan" has no value in any row any more.')
    // It has been told, and is as it was the last time.
    const changed = await deliver(
      call,
      look(20, (number) => ({ 'users.plan': null, 'orders.ltv': `about ${number}` })),
    )
    expect(changed.codes).toEqual(['properties_changed_type'])
    expect(changed.message).toContain('The property "Orders Ltv" was a number and came as text.')
    expect(JSON.stringify(changed.remarks)).not.toContain('about')
  })

  test('neither look at dry runs, broken deliveries and retries, nor mark them', async () => {
    const call = nextSync()
    for (let count = 0; count < 3; count += 1) {
      expect((await deliver(call, look(10), { dry_run: 'yes' })).codes).toEqual([])
    }
    expect((await deliver(call, look(100))).codes).toEqual([])
    for (let count = 0; count < 2; count += 1) await deliver(call, look(100))
    expect((await deliver(call, look(10), { dry_run: 'yes' })).codes).toEqual([])

    bench.heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: [emailOf(1)] } }] })
    const { id } = await deliver(call, look(100))
    bench.heap.setFaults({ rules: [] })
    const answer = await call(`/imports/${id}/retry`, {}, 'POST')
    expect(answer.status).toBe(202)
    const { import: retry } = (await answer.json()) as { import: number }
    const detail = await waitFor(async () => {
      const told = (await (await call(`/imports/${retry}`)).json()) as ImportDetail
      return told.state === 'finished' && told
    }, 'the end of the retry')
    expect(detail).toMatchObject({ counts: { received: 1 }, remarks: [] })
    // Of its whole imports only one is none of those: what is usual is not known.
    await bench.app.database.query('update imports set retry_of = $1 where sync_id = $2 and id < $1', [
      id,
      sync,
    ])
    expect((await deliver(call, look(10))).codes).toEqual([])
  })
})
