import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SeenRequest } from '../../sandbox/heap/heap-api.ts'
import type { Fault } from '../../sandbox/heap/heap-faults.ts'
import type { Look } from '../../sandbox/looker/look.ts'
import { writeResult } from '../../sandbox/looker/write-result.ts'
import type { TestDatabase } from '../testing/engines.ts'
import { ENGINES } from '../testing/engines.ts'
import { createGate } from '../testing/gate.ts'
import { sampleLook } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import type { ImportRow, TestBench } from '../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

function lookOf(id: string, count: number, more: Partial<Look> = {}): Look {
  return sampleLook({
    id,
    rows: function* () {
      for (let row = 1; row <= count; row += 1) {
        yield { 'users.email': `user${row}@example.com`, 'users.plan': id, 'orders.ltv': row }
      }
    },
    ...more,
  })
}

const LOOKS = [
  lookOf('old', 1_000),
  lookOf('new', 1_000),
  lookOf('newest', 1_000),
  lookOf('slow', 100_000, { slow: { firstByteSeconds: 0, pauseMilliseconds: 20 } }),
]

const isOld = ({ entities }: SeenRequest) => entities[0]?.properties.get('Users Plan') === 'old'

describe.each(ENGINES)(
  'deliveries of one sync that overlap on $engine',
  { timeout: 180_000 },
  ({ createDatabase }) => {
    let database: TestDatabase
    let bench: TestBench
    let gate = createGate()

    beforeAll(async () => {
      database = await createDatabase()
      bench = await createTestBench({
        database,
        looks: LOOKS,
        environment: { HEAP_BATCH_SIZE: '100', HEAP_CONCURRENCY: '4' },
        heap: { watcher: { onRequest: (request) => gate.onRequest(request) } },
        // A request that waits at the gate must not time out.
        app: { heapTiming: { ...SHORT_PATIENCE, requestMs: 600_000 } },
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

    let plans = 0
    /** A plan of its own for every test. */
    function nextPlan() {
      plans += 1
      return { planId: `plan ${plans}` }
    }

    async function importsOfPlan(planId: string): Promise<(ImportRow & { superseded_by: number | null })[]> {
      return bench.app.database.query('select * from imports where plan_id = $1 order by id', [planId])
    }

    async function expectAccounted(): Promise<void> {
      const rows = await bench.app.database.query<ImportRow>('select * from imports')
      for (const row of rows) {
        expect(row.state).toBe('finished')
        expect(row.received).toBe(row.delivered + row.rejected + row.skipped + row.superseded)
      }
    }

    const plansInHeap = () => new Set([...bench.heap.users('11').values()].map((user) => user['Users Plan']))

    /** The old delivery has four batches in flight and the others stored. */
    async function startOld(options: { planId?: string }) {
      gate.shut(isOld)
      const answer = bench.looker.deliver('old', undefined, options)
      await waitFor(() => gate.waiting() === 4, 'four requests in flight')
      await waitFor(async () => (await bench.newestImport()).received === 1_000, 'all old rows')
      return { answer }
    }

    async function startNew(look: string, planId: string, nth: number) {
      const answer = bench.looker.deliver(look, undefined, { planId })
      const stored = await waitFor(async () => {
        const rows = await importsOfPlan(planId)
        return rows[nth]?.state === 'sending' && rows
      }, 'the newer rows')
      return { answer, rows: stored }
    }

    const faults: { name: string; fault?: Fault; delivered: number }[] = [
      { name: 'are taken', delivered: 400 },
      { name: 'fail for now', fault: { kind: 'answer', status: 503 }, delivered: 0 },
      { name: 'are throttled', fault: { kind: 'answer', status: 429 }, delivered: 0 },
      { name: 'are taken without an answer', fault: { kind: 'cut' }, delivered: 0 },
      { name: 'are taken before a reset', fault: { kind: 'reset', stored: true }, delivered: 0 },
      { name: 'get a redirect', fault: { kind: 'answer', status: 302 }, delivered: 0 },
    ]

    test.each(faults)('the newer waits for requests that are in flight; they $name', async (entry) => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const newer = await startNew('new', planId, 1)
      expect(newer.rows[0]).toMatchObject({ superseded: 600, superseded_by: newer.rows[1]!.id })
      expect(gate.arrived).toHaveLength(4)
      if (entry.fault) bench.heap.setFaults({ rules: [{ fault: entry.fault, requests: 4 }] })
      gate.letOneIn()
      await waitFor(() => bench.heap.requests().requests === 1, 'the first of the four')
      expect(gate.arrived).toHaveLength(4)
      gate.open()

      expect(await newer.answer).toMatchObject({
        status: 'success',
        message: 'Imported 1,000 of 1,000 rows into Heap environment 11.',
      })
      const oldAnswer = await old.answer
      expect(plansInHeap()).toEqual(new Set(['new']))
      expect(bench.heap.users('11').size).toBe(1_000)
      const rejected = entry.name.endsWith('redirect') ? 400 : 0
      expect((await importsOfPlan(planId))[0]).toMatchObject({
        received: 1_000,
        delivered: entry.delivered,
        rejected,
        superseded: 1_000 - entry.delivered - rejected,
      })
      if (rejected === 0) {
        const replaced = (1_000 - entry.delivered).toLocaleString('en-US')
        expect(oldAnswer).toMatchObject({
          status: 'success',
          message: `Imported ${entry.delivered} of 1,000 rows into Heap environment 11. ${replaced} rows replaced by a newer delivery of this sync.`,
        })
      }
      await expectAccounted()
    })

    test('the newest of three is what Heap has; one that never got to Heap is replaced as a whole', async () => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const middle = await startNew('new', planId, 1)
      const newest = await startNew('newest', planId, 2)
      expect(newest.rows[1]).toMatchObject({ state: 'finished', superseded: 1_000, delivered: 0 })
      gate.open()
      expect((await middle.answer).message).toBe(
        'Imported 0 of 1,000 rows into Heap environment 11. 1,000 rows replaced by a newer delivery of this sync.',
      )
      expect((await newest.answer).status).toBe('success')
      await old.answer
      expect(plansInHeap()).toEqual(new Set(['newest']))
      await expectAccounted()
    })

    test('the older is read no further once it is replaced', async () => {
      const { planId } = nextPlan()
      const slow = bench.looker.deliver('slow', undefined, { planId })
      await waitFor(() => bench.heap.requests().requests > 3, 'the first batches')
      const record = await bench.looker.deliver('new', undefined, { planId })
      expect(record.status).toBe('success')
      const slowRecord = await slow
      expect(slowRecord.status).toBe('success')
      expect(slowRecord.message).toMatch(/rows? replaced by a newer delivery of this sync\.$/)
      expect(slowRecord.rowsSent).toBeLessThan(100_000)
      for (let row = 1; row <= 1_000; row += 1) {
        expect(bench.heap.users('11').get(`user${row}@example.com`)?.['Users Plan']).toBe('new')
      }
      await expectAccounted()
    })

    test('a newer delivery that fails before its first row replaces nothing', async () => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const failed = await bench.looker.deliver('new', undefined, { planId, fault: { kind: 'html' } })
      expect(failed.status).toBe('failure')
      gate.open()
      expect((await old.answer).message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      expect(plansInHeap()).toEqual(new Set(['old']))
      await expectAccounted()
    })

    test('a dry run neither waits nor replaces anything', async () => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const params = { ...LOOKS[1]!.suggestedParams, dry_run: 'yes' }
      const dry = await bench.looker.deliver('new', params, { planId })
      expect(dry.message).toBe(
        'Dry run, nothing was sent: 1,000 of 1,000 rows can be imported into Heap environment 11.',
      )
      gate.open()
      expect((await old.answer).message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      await expectAccounted()
    })

    test('another plan is another sync, and goes on at the same time', async () => {
      const old = await startOld(nextPlan())
      const { planId } = nextPlan()
      const newer = await startNew('new', planId, 0)
      gate.letOneIn()
      // It has got less far than the old one, so it is next.
      await waitFor(() => gate.arrived.some((request) => !isOld(request)), 'a request of the new one')
      expect(gate.arrived.filter(isOld)).toHaveLength(4)
      gate.open()
      expect((await newer.answer).status).toBe('success')
      expect((await old.answer).message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      await expectAccounted()
    })

    /** As Looker's run-once calls may come: without a scheduled plan. */
    async function deliverWithoutPlan(look: Look, params: Record<string, string> = {}): Promise<string> {
      let data = ''
      const format = 'json_detail_lite_stream'
      for await (const piece of writeResult(look, { format })) data += piece
      const answer = await fetch(`${bench.url}/actions/heap/execute`, {
        method: 'POST',
        headers: { authorization: `Token token="${TOKEN}"`, 'content-type': 'application/json' },
        body: JSON.stringify({
          type: 'query',
          scheduled_plan: null,
          form_params: { ...look.suggestedParams, ...params },
          attachment: { mimetype: 'application/json', extension: 'json', data },
        }),
      })
      const { looker } = (await answer.json()) as { looker: { message: string } }
      return looker.message
    }

    test.each([
      { params: {}, isSameSync: true },
      { params: { max_rejected_percent: '5' }, isSameSync: true },
      { params: { env_id: '12' }, isSameSync: false },
      { params: { property_type: 'account' }, isSameSync: false },
      { params: { match_by: 'heap_setup' }, isSameSync: false },
    ])('without a plan the target makes the sync: $params', async ({ params, isSameSync }) => {
      gate.shut(isOld)
      const old = deliverWithoutPlan(LOOKS[0]!)
      await waitFor(() => gate.waiting() === 4, 'four requests in flight')
      await waitFor(async () => (await bench.newestImport()).received === 1_000, 'all old rows')
      const oldId = (await bench.newestImport()).id
      const newer = deliverWithoutPlan(LOOKS[1]!, params)
      await waitFor(async () => {
        const row = await bench.newestImport()
        return row.id !== oldId && row.state !== 'reading'
      }, 'all new rows')
      gate.open()
      expect(await old).toContain(`Imported ${isSameSync ? '400' : '1,000'} of 1,000 rows`)
      expect(await newer).toContain('Imported 1,000 of 1,000 rows')
      await expectAccounted()
    })
  },
)
