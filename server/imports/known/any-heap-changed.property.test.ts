import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Look, LookRow } from '../../../sandbox/looker/look.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { emailOf } from '../../testing/keys-look.ts'
import { propertyRuns } from '../../testing/property-runs.ts'
import { randomHeap } from '../../testing/random-heap.ts'
import { sampleLook } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench } from '../../testing/test-bench.ts'

const RUNS = 8
const KEYS = 40

type Row = { key: number; plan: string | null; ltv: number }
type Sent = { rows: Row[]; breaksAfter: number | null; send: 'all' | 'changed'; isAtOnce: boolean }

const row = fc.record({
  key: fc.integer({ min: 1, max: KEYS }),
  plan: fc.constantFrom('free', 'pro', null),
  ltv: fc.constantFrom(0, 1),
})
/** Few values, so that much stays as it is from one delivery to the next. */
const deliveries = fc.array(
  fc.record({
    rows: fc.uniqueArray(row, { selector: ({ key }) => key, minLength: 1, maxLength: KEYS }),
    breaksAfter: fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 }) },
    ),
    send: fc.constantFrom('changed', 'changed', 'changed', 'all'),
    isAtOnce: fc.constantFrom(false, false, true),
  }),
  { minLength: 2, maxLength: 6 },
)

function toLook(rows: readonly Row[], id: string): Look {
  return sampleLook({
    id,
    title: id,
    rows: () =>
      rows.map(
        ({ key, plan, ltv }) =>
          ({ 'users.email': emailOf(key), 'users.plan': plan, 'orders.ltv': ltv }) as LookRow,
      ),
  })
}

describe.each(ENGINES)('sending changes to any Heap, on $engine', ({ engine, createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let runs = 300

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({
      database,
      environment: { HEAP_BATCH_SIZE: '7', RESPONSE_DEADLINE: '300' },
      app: { heapTiming: { ...SHORT_PATIENCE, requestMs: 1_000 } },
    })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })

  test(
    'leaves in Heap what sending everything would',
    async () => {
      const figures = { runs: 0, deliveries: 0, received: 0, delivered: 0, unchanged: 0, compared: 0 }
      const keys = Array.from({ length: KEYS }, (_, index) => emailOf(index + 1))
      await fc.assert(
        fc.asyncProperty(deliveries, randomHeap(keys), async (sent: Sent[], faults) => {
          runs += 1
          const environmentId = String(runs)
          const syncId = `sync-of-run-${engine}-${runs}`
          bench.heap.reset()
          bench.heap.setFaults(faults)
          let open: Promise<unknown>[] = []
          for (const [number, delivery] of sent.entries()) {
            if (!delivery.isAtOnce) await Promise.all(open.splice(0))
            const params = {
              env_id: environmentId,
              property_type: 'user',
              heap_field: 'users.email',
              match_by: 'identity',
              max_rejected_percent: '100',
              sync_id: syncId,
              send: delivery.send,
            }
            const { breaksAfter: afterRows } = delivery
            open.push(
              bench.looker.deliver(toLook(delivery.rows, `${runs} ${number}`), params, {
                planId: syncId,
                ...(afterRows === null ? {} : { fault: { kind: 'truncated', afterRows } }),
              }),
            )
            await sleep(20)
          }
          await Promise.all(open)
          open = []
          await check(environmentId, syncId, sent, figures)
          figures.runs += 1
        }),
        propertyRuns(`changes to any Heap on ${engine}`, RUNS),
      )
      process.stdout.write(`changes to any Heap on ${engine}: ${JSON.stringify(figures)}\n`)
      // Else this would be a test of sending everything.
      expect(figures.unchanged).toBeGreaterThan(0)
    },
    24 * 3_600_000,
  )

  /**
   * By the promise alone: of every key the newest accepted value of every property, whatever was left out. Of a rejected
   * row nobody knows what Heap has kept, so that nothing is asked of its key before it is accepted again.
   */
  async function check(
    environmentId: string,
    syncId: string,
    sent: readonly Sent[],
    figures: { deliveries: number; received: number; delivered: number; unchanged: number; compared: number },
  ): Promise<void> {
    const imports = await bench.app.database.query<{
      id: number
      title: string
      state: string
      received: number
      delivered: number
      unchanged: number
      rejected: string[]
    }>(
      `select id, title, state, received, delivered, unchanged,
         array(select join_key from rejected_rows where import_id = imports.id) as rejected
       from imports where sync_id = $1 order by id`,
      [syncId],
    )
    expect(imports).toHaveLength(sent.length)
    const expected = new Map<number, Record<string, unknown>>()
    for (const { title, state, received, delivered, unchanged, rejected } of imports) {
      expect(state).toBe('finished')
      figures.deliveries += 1
      figures.received += received
      figures.delivered += delivered
      figures.unchanged += unchanged
      const { rows } = sent[Number(title.split(' ')[1])]!
      for (const { key, plan, ltv } of rows.slice(0, received)) {
        const values = { ...(plan === null ? {} : { 'Users Plan': plan }), 'Orders Ltv': ltv }
        if (rejected.includes(emailOf(key))) expected.delete(key)
        else expected.set(key, { ...expected.get(key), ...values })
      }
    }
    const held = bench.heap.users(environmentId)
    for (const [key, values] of expected) {
      expect(held.get(emailOf(key)), emailOf(key)).toMatchObject(values)
      figures.compared += 1
    }
  }
})
