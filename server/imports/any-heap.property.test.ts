import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DeliveryRecord } from '../../sandbox/looker/delivering/delivery-record.ts'
import type { Look } from '../../sandbox/looker/look.ts'
import type { CheckedImport, StoredRequest } from '../testing/check-heap.ts'
import { checkHeap } from '../testing/check-heap.ts'
import type { Due } from '../testing/check-import.ts'
import { checkCounts, checkRows } from '../testing/check-import.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import type { ImportRow } from '../testing/import-row.ts'
import { propertyRuns } from '../testing/property-runs.ts'
import { JUDGING_STATUSES, NO_VERDICT, randomHeap } from '../testing/random-heap.ts'
import type { RandomRow } from '../testing/random-rows.ts'
import { KEYS, randomRows } from '../testing/random-rows.ts'
import { dimension, sampleLook } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import type { TestBench } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'

const RUNS = 15

type RandomDelivery = {
  rows: RandomRow[]
  columns: 'all' | 'note' | 'amount'
  breaksAfter: number | null
  delayMs: number
}

const target = fc.constantFrom<Record<string, string>>(
  { property_type: 'user', match_by: 'identity' },
  { property_type: 'account', dry_run: 'no' },
  { property_type: 'user', match_by: 'heap_setup' },
  // Made for Heap's own action.
  { property_type: 'user' },
  { property_type: 'account' },
)
const deliveries = fc.array(
  fc.record({
    rows: randomRows,
    columns: fc.constantFrom('all', 'all', 'note', 'amount'),
    breaksAfter: fc.oneof(
      { weight: 4, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 300 }) },
    ),
    delayMs: fc.constantFrom(0, 0, 20, 100, 300),
  }),
  { minLength: 1, maxLength: 3 },
)

/** The rows as the delivery has them: an edited Look lacks a column. */
function rowsOf({ rows, columns }: RandomDelivery): RandomRow[] {
  return rows.map(({ key, note, amount }) => ({
    key,
    note: columns === 'amount' ? null : note,
    amount: columns === 'note' ? null : amount,
  }))
}

/** The column `Users Delivery` tells the deliveries apart. */
function toLook({ rows, columns }: RandomDelivery, id: string): Look {
  const hasNote = columns !== 'amount'
  const hasAmount = columns !== 'note'
  return sampleLook({
    id,
    title: id,
    fields: {
      dimensions: [
        dimension('users.key'),
        ...(hasNote ? [dimension('users.note')] : []),
        dimension('users.delivery'),
      ],
      measures: hasAmount ? [dimension('users.amount', { type: 'number', is_numeric: true })] : [],
      pivots: [],
      table_calculations: [],
    },
    rows: () =>
      rows.map(({ key, note, amount }) => ({
        'users.key': key,
        ...(hasNote ? { 'users.note': note } : {}),
        'users.delivery': id,
        ...(hasAmount ? { 'users.amount': amount } : {}),
      })),
  })
}

/** As Heap's own action sends values. */
function withTexts(due: Due): Due {
  const properties = Object.entries(due.properties).map(([name, value]) => [name, String(value)])
  return { ...due, properties: Object.fromEntries(properties) }
}

describe.each(ENGINES)('whatever Heap does to whatever rows, on $engine', ({ engine, createDatabase }) => {
  let database: TestDatabase
  let bench: TestBench
  let stored: StoredRequest[] = []
  let runs = 100

  beforeAll(async () => {
    database = await createDatabase()
    bench = await createTestBench({
      database,
      environment: { HEAP_BATCH_SIZE: '120', RESPONSE_DEADLINE: '300' },
      heap: { watcher: { onStored: (request) => stored.push(request) } },
      app: { heapTiming: { ...SHORT_PATIENCE, requestMs: 1_000 } },
    })
  })
  afterAll(async () => {
    await bench?.close()
    await database?.remove()
  })

  test(
    'every row is accounted for, and Heap has exactly what was delivered',
    async () => {
      const figures = { runs: 0, rows: 0, delivered: 0, rejected: 0, superseded: 0, requests: 0 }
      await fc.assert(
        fc.asyncProperty(target, deliveries, randomHeap(KEYS), async (params, sent, faults) => {
          runs += 1
          // Of its own: a request that timed out in the run before may still be on its way.
          const environmentId = String(runs)
          bench.heap.reset()
          bench.heap.setFaults(faults)
          stored = []
          const answers = await Promise.all(
            sent.map(async (delivery, number) => {
              const look = toLook(delivery, `${runs} ${number}`)
              await sleep(delivery.delayMs)
              const form = { ...params, env_id: environmentId, heap_field: 'users.key' }
              const planId = `plan ${runs}`
              const { breaksAfter: afterRows } = delivery
              if (afterRows === null) return bench.looker.deliver(look, form, { planId })
              return bench.looker.deliver(look, form, { planId, fault: { kind: 'truncated', afterRows } })
            }),
          )
          const rows = await importsOf(`plan ${runs}`, answers)
          const checked: CheckedImport[] = []
          const isByIdentity = params.match_by === 'identity' || params.property_type === 'account'
          const asText = params.match_by !== 'identity' && params.dry_run === undefined
          for (const [number, row] of rows.entries()) {
            checkCounts(row, answers[number]!)
            await checkReasons(row)
            const due = await checkRows(bench.app.database, row, rowsOf(sent[number]!))
            checked.push({ row, due: asText ? due.map(withTexts) : due })
            figures.rows += row.received
            figures.delivered += row.delivered
            figures.rejected += row.rejected
            figures.superseded += row.superseded
          }
          const kind = params.property_type === 'user' ? 'users' : 'accounts'
          const held = bench.heap[kind](environmentId)
          const prefix = isByIdentity ? '' : 'email='
          const own = stored.filter((request) => request.environmentId === environmentId)
          checkHeap(checked, own, (key) => held.get(prefix + key))
          figures.runs += 1
          figures.requests += bench.heap.requests().requests
        }),
        propertyRuns(`any Heap on ${engine}`, RUNS),
      )
      process.stdout.write(`any Heap on ${engine}: ${JSON.stringify(figures)}\n`)
    },
    24 * 3_600_000,
  )

  /** No row is rejected for a word of Heap that does not judge rows. */
  async function checkReasons({ id }: ImportRow): Promise<void> {
    const rejected = await bench.app.database.query<{ reason: string; text: string | null }>(
      'select distinct reason, text from rejected_rows where import_id = $1 and text is not null',
      [id],
    )
    for (const { reason, text } of rejected) {
      expect(['heap_refused', 'row_too_large']).toContain(reason)
      expect(text).not.toContain(NO_VERDICT)
      const status = /HTTP (\d+)/.exec(text ?? '')?.[1]
      if (status !== undefined) expect(JUDGING_STATUSES).toContain(Number(status))
    }
  }

  /** In the order of the answers. */
  async function importsOf(planId: string, answers: readonly DeliveryRecord[]): Promise<ImportRow[]> {
    const found = await bench.app.database.query<ImportRow & { warnings: unknown }>(
      'select * from imports where plan_id = $1',
      [planId],
    )
    expect(found).toHaveLength(answers.length)
    return answers.map(({ lookTitle }) => found.find(({ title }) => title === lookTitle)!)
  }
})
