import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { SeenRequest } from '../../../sandbox/heap/heap-api.ts'
import type { Fault } from '../../../sandbox/heap/heap-faults.ts'
import { writeResult } from '../../../sandbox/looker/delivering/write-result.ts'
import type { Look } from '../../../sandbox/looker/look.ts'
import type { TestDatabase } from '../../testing/engines.ts'
import { ENGINES } from '../../testing/engines.ts'
import { createGate } from '../../testing/gate.ts'
import type { ImportRow } from '../../testing/import-row.ts'
import { emailOf, keysLook } from '../../testing/keys-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import type { TestBench } from '../../testing/test-bench.ts'
import { createTestBench, TOKEN } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const LOOKS = [
  keysLook({ id: 'old', from: 1, to: 1_000 }),
  keysLook({ id: 'new', from: 1, to: 1_000 }),
  keysLook({ id: 'newest', from: 1, to: 1_000 }),
  keysLook({ id: 'next hour', from: 1_001, to: 2_000 }),
  keysLook({ id: 'overlapping hour', from: 501, to: 1_500 }),
  keysLook({ id: 'shifted', from: 51, to: 1_050 }),
  keysLook({ id: 'edited', from: 1, to: 1_000, columns: ['users.plan'] }),
  keysLook({ id: 'other columns', from: 1, to: 1_000, columns: ['users.tier'] }),
  keysLook({ id: 'slow', from: 1, to: 20_000 }, { slow: { firstByteSeconds: 0, pauseMilliseconds: 20 } }),
]

const AWAY: Fault = { kind: 'answer', status: 503 }

/** Every row says with which delivery it came. */
const planOf = ({ entities }: SeenRequest) =>
  entities[0]?.properties.get('Users Plan') ?? entities[0]?.properties.get('Users Tier')
const isOld = (request: SeenRequest) => planOf(request) === 'old'

describe.each(ENGINES)(
  'deliveries of one sync that overlap on $engine',
  { timeout: 180_000 },
  ({ createDatabase }) => {
    let database: TestDatabase
    let bench: TestBench
    let gate = createGate()
    let stored: SeenRequest[] = []

    beforeAll(async () => {
      database = await createDatabase()
      bench = await createTestBench({
        database,
        looks: LOOKS,
        environment: { HEAP_BATCH_SIZE: '100', HEAP_CONCURRENCY: '4' },
        heap: {
          watcher: {
            onRequest: (request) => gate.onRequest(request),
            onStored: (request) => stored.push(request),
          },
        },
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
      stored = []
    })

    let plans = 0
    /** A plan of its own for every test. */
    function nextPlan() {
      plans += 1
      return { planId: `plan ${plans}` }
    }

    async function importsOfPlan(planId: string): Promise<ImportRow[]> {
      return bench.app.database.query('select * from imports where plan_id = $1 order by id', [planId])
    }

    async function expectAccounted(): Promise<void> {
      const rows = await bench.app.database.query<ImportRow>('select * from imports')
      for (const row of rows) {
        expect(row.state).toBe('finished')
        expect(row.received).toBe(row.delivered + row.rejected + row.skipped + row.superseded)
      }
    }

    const user = (number: number) => bench.heap.users('11').get(emailOf(number))
    const plansInHeap = () =>
      new Set([...bench.heap.users('11').values()].map((entry) => entry['Users Plan']))

    /** The requests that Heap stored have no older row of a key after a newer one. */
    function expectOrder(titles: readonly string[]): void {
      const newest = new Map<string, number>()
      for (const request of stored) {
        const place = titles.indexOf(String(planOf(request)))
        for (const { key } of request.entities) {
          expect(place, `${key} of ${titles[place]}`).toBeGreaterThanOrEqual(newest.get(key) ?? 0)
          newest.set(key, place)
        }
      }
    }

    /** The old delivery has four batches in flight and the others stored. */
    async function startOld(options: { planId?: string }, params?: Record<string, string>) {
      gate.shut(isOld)
      const answer = bench.looker.deliver('old', params, options)
      await waitFor(() => gate.waiting() === 4, 'four requests in flight')
      await waitFor(async () => (await bench.newestImport()).received === 1_000, 'all old rows')
      return { answer }
    }

    async function startNew(look: string, planId: string, nth: number) {
      const answer = bench.looker.deliver(look, undefined, { planId })
      const rows = await waitFor(async () => {
        const found = await importsOfPlan(planId)
        return found[nth]?.state === 'sending' && found
      }, 'the newer rows')
      return { answer, rows }
    }

    /** Heap is away while both come, and is well again when both are stored. */
    async function deliverBothWhileHeapIsAway(older: string, newer: string, replaced = 0) {
      const { planId } = nextPlan()
      bench.heap.setFaults({ rules: [{ fault: AWAY }] })
      const first = bench.looker.deliver(older, undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[0]?.state === 'sending', 'the older rows')
      const second = bench.looker.deliver(newer, undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[1]?.state === 'sending', 'the newer rows')
      await waitFor(async () => (await importsOfPlan(planId))[0]?.superseded === replaced, 'the replacing')
      bench.heap.setFaults({ rules: [] })
      const answers = [await first, await second]
      for (const answer of answers) expect(answer.status).toBe('success')
      expectOrder([older, newer])
      await expectAccounted()
      return importsOfPlan(planId)
    }

    const faults: { name: string; fault?: Fault }[] = [
      { name: 'are taken' },
      { name: 'fail for now', fault: AWAY },
      { name: 'are throttled', fault: { kind: 'answer', status: 429 } },
      { name: 'are taken without an answer', fault: { kind: 'cut' } },
      { name: 'are taken before a reset', fault: { kind: 'reset', stored: true } },
      { name: 'get a redirect', fault: { kind: 'answer', status: 302 } },
    ]

    test.each(faults)('the newer waits for requests that are in flight; they $name', async ({ fault }) => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const newer = await startNew('new', planId, 1)
      await waitFor(async () => (await importsOfPlan(planId))[0]?.superseded === 600, 'rows that wait')
      expect(gate.arrived).toHaveLength(4)
      if (fault) bench.heap.setFaults({ rules: [{ fault, requests: 4 }] })
      gate.open()

      expect(await newer.answer).toMatchObject({
        status: 'success',
        message: 'Imported 1,000 of 1,000 rows into Heap environment 11.',
      })
      const oldAnswer = await old.answer
      expect(plansInHeap()).toEqual(new Set(['new']))
      expect(bench.heap.users('11').size).toBe(1_000)
      const [row] = await importsOfPlan(planId)
      // Rows that come back from a request are sent again or replaced, whichever is first.
      const { delivered = 0, superseded = 0 } = row ?? {}
      expect(row).toMatchObject({ received: 1_000, rejected: 0 })
      expect(delivered + superseded).toBe(1_000)
      if (!fault) expect(superseded).toBe(600)
      const replaced = superseded.toLocaleString('en-US')
      expect(oldAnswer).toMatchObject({
        status: 'success',
        message: `Imported ${delivered} of 1,000 rows into Heap environment 11. ${replaced} rows replaced by a newer delivery of this sync.`,
      })
      expectOrder(['old', 'new'])
      await expectAccounted()
    })

    test('of a batch only the rows whose keys are in flight go on waiting', async () => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const newer = await startNew('shifted', planId, 1)
      const held = await waitFor(async () => {
        const [row] = await bench.app.database.query<{ rows: number }>(
          "select coalesce(sum(entities), 0)::int as rows from batches where state = 'held'",
        )
        return row!.rows < 1_000 && row!.rows
      }, 'the comparing')
      // 400 rows are in flight, of which 350 are in the newer delivery.
      expect(held).toBe(350)
      gate.open()
      expect((await newer.answer).message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      await old.answer
      expectOrder(['old', 'shifted'])
      for (let number = 1; number <= 1_050; number += 1) {
        expect(user(number)).toMatchObject({ 'Users Plan': number <= 50 ? 'old' : 'shifted' })
      }
      await expectAccounted()
    })

    test('the newest of three is what Heap has; one that never got to Heap is replaced as a whole', async () => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const middle = await startNew('new', planId, 1)
      const newest = await startNew('newest', planId, 2)
      await waitFor(async () => (await importsOfPlan(planId))[1]?.state === 'finished', 'the middle one')
      expect((await importsOfPlan(planId))[1]).toMatchObject({ superseded: 1_000, delivered: 0 })
      gate.open()
      expect((await middle.answer).message).toBe(
        'Imported 0 of 1,000 rows into Heap environment 11. 1,000 rows replaced by a newer delivery of this sync.',
      )
      expect((await newest.answer).status).toBe('success')
      await old.answer
      expect(plansInHeap()).toEqual(new Set(['newest']))
      expectOrder(['old', 'new', 'newest'])
      await expectAccounted()
    })

    test('a Look that holds only what changed in the last hour replaces nothing', async () => {
      const rows = await deliverBothWhileHeapIsAway('old', 'next hour')
      expect(rows).toMatchObject([
        { delivered: 1_000, superseded: 0 },
        { delivered: 1_000, superseded: 0 },
      ])
      expect(bench.heap.users('11').size).toBe(2_000)
      expect(user(1)).toMatchObject({ 'Users Plan': 'old', 'Orders Ltv': 1 })
    })

    test('of windows that overlap only the rows in both are replaced', async () => {
      const [older] = await deliverBothWhileHeapIsAway('old', 'overlapping hour', 500)
      expect(older).toMatchObject({ delivered: 500, superseded: 500 })
      expect(bench.heap.users('11').size).toBe(1_500)
      expect(user(500)).toMatchObject({ 'Users Plan': 'old' })
      expect(user(501)).toMatchObject({ 'Users Plan': 'overlapping hour' })
    })

    test.each([
      { newer: 'edited', held: { 'Users Plan': 'edited' } },
      { newer: 'other columns', held: { 'Users Plan': 'old', 'Users Tier': 'other columns' } },
    ])('a column that the newer lacks is sent: $newer', async ({ newer, held }) => {
      const [older] = await deliverBothWhileHeapIsAway('old', newer)
      expect(older).toMatchObject({ delivered: 1_000, superseded: 0 })
      for (let number = 1; number <= 1_000; number += 1)
        expect(user(number)).toMatchObject({ 'Orders Ltv': number, ...held })
      expect(plansInHeap()).toEqual(new Set([held['Users Plan']]))
    })

    test('a value that is null in the newer row is no newer value', async () => {
      const { planId } = nextPlan()
      bench.heap.setFaults({ rules: [{ fault: AWAY }] })
      const first = bench.looker.deliver('old', undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[0]?.state === 'sending', 'the older rows')
      const emptied = keysLook(
        { id: 'emptied', from: 1, to: 1_000 },
        {
          rows: function* () {
            for (let number = 1; number <= 1_000; number += 1) {
              yield {
                'users.email': emailOf(number),
                'users.plan': 'emptied',
                'orders.ltv': number % 2 === 0 ? null : -number,
              }
            }
          },
        },
      )
      const second = bench.looker.deliver(emptied, undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[1]?.state === 'sending', 'the newer rows')
      await waitFor(async () => (await importsOfPlan(planId))[0]?.superseded === 500, 'the replacing')
      bench.heap.setFaults({ rules: [] })
      await Promise.all([first, second])
      expect((await importsOfPlan(planId))[0]).toMatchObject({ delivered: 500, superseded: 500 })
      for (let number = 1; number <= 1_000; number += 1) {
        expect(user(number)).toMatchObject({
          'Users Plan': 'emptied',
          'Orders Ltv': number % 2 === 0 ? number : -number,
        })
      }
    })

    test('a newer delivery that breaks off replaces nothing; what came of it is sent after the older rows', async () => {
      const { planId } = nextPlan()
      const old = await startOld({ planId })
      const broken = bench.looker.deliver('new', undefined, {
        planId,
        fault: { kind: 'truncated', afterRows: 333 },
      })
      await waitFor(async () => (await importsOfPlan(planId))[1]?.state === 'sending', 'the newer rows')
      gate.open()
      const answer = await broken
      expect(answer.status).toBe('failure')
      const came = Number(/Imported (\d+) of \1 rows/.exec(answer.message)?.[1])
      expect(came).toBeGreaterThan(200)
      expect((await old.answer).message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      expect(bench.heap.users('11').size).toBe(1_000)
      for (let number = 1; number <= 1_000; number += 1) {
        expect(user(number)).toMatchObject({ 'Users Plan': number <= came ? 'new' : 'old' })
      }
      expectOrder(['old', 'new'])
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

    test('rows that the older still brings come before those of the newer', async () => {
      const { planId } = nextPlan()
      const slow = bench.looker.deliver('slow', undefined, { planId })
      await waitFor(() => bench.heap.requests().requests > 3, 'the first batches')
      const record = await bench.looker.deliver('new', undefined, { planId })
      expect(record.message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      const slowRecord = await slow
      expect(slowRecord.status).toBe('success')
      expect(slowRecord.rowsSent).toBe(20_000)
      for (let number = 1; number <= 20_000; number += 1) {
        expect(user(number)).toMatchObject({ 'Users Plan': number <= 1_000 ? 'new' : 'slow' })
      }
      expectOrder(['slow', 'new'])
      await expectAccounted()
    })

    test.each(['new', 'edited'])(
      'a row that Heap keeps failing at holds up only its key: %s',
      async (newer) => {
        const { planId } = nextPlan()
        const poisoned = (request: SeenRequest) =>
          planOf(request) === 'old' && request.entities.some(({ key }) => key === emailOf(500))
        gate.shut(poisoned)
        const old = bench.looker.deliver('old', undefined, { planId })
        await waitFor(async () => (await importsOfPlan(planId))[0]?.delivered === 900, 'the other old rows')
        const { answer } = await startNew(newer, planId, 1)
        // The one batch of the old delivery that Heap does not decide has 100 rows.
        await waitFor(async () => (await importsOfPlan(planId))[1]?.delivered === 900, 'the other new rows')
        gate.open()
        await answer
        await old
        expect(plansInHeap()).toEqual(new Set([newer]))
        expectOrder(['old', newer])
        await expectAccounted()
      },
    )

    test('what waits for Heap to be well is replaced as soon as the newer has been read', async () => {
      const { planId } = nextPlan()
      bench.heap.setFaults({ rules: [{ fault: AWAY }] })
      const old = bench.looker.deliver('old', undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[0]?.state === 'sending', 'the older rows')
      const newer = bench.looker.deliver('new', undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[0]?.superseded === 1_000, 'the replacing')
      expect((await old).message).toContain('1,000 rows replaced')
      bench.heap.setFaults({ rules: [] })
      expect((await newer).status).toBe('success')
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

    test('another plan of another Look is another sync, and goes on at the same time', async () => {
      // An environment of its own: in another one batches may have become small.
      const params = { ...LOOKS[0]!.suggestedParams, env_id: '13' }
      const old = await startOld(nextPlan(), params)
      const { planId } = nextPlan()
      const newer = bench.looker.deliver('new', params, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[0]?.state === 'sending', 'the newer rows')
      gate.letOneIn()
      // It has got less far than the old one, so it is next.
      await waitFor(() => gate.arrived.some((request) => !isOld(request)), 'a request of the new one')
      expect(gate.arrived.findIndex((request) => !isOld(request))).toBe(4)
      gate.open()
      expect((await newer).status).toBe('success')
      expect((await old.answer).message).toBe('Imported 1,000 of 1,000 rows into Heap environment 13.')
      await expectAccounted()
    })

    test('a Look that is sent twice by hand keeps its order, and replaces nothing', async () => {
      const first = await startOld(nextPlan())
      const again = { ...LOOKS[1]!, id: 'old' }
      const { planId } = nextPlan()
      const second = bench.looker.deliver(again, undefined, { planId })
      await waitFor(async () => (await importsOfPlan(planId))[0]?.state === 'sending', 'the newer rows')
      gate.open()
      for (const answer of [await first.answer, await second]) {
        expect(answer.message).toBe('Imported 1,000 of 1,000 rows into Heap environment 11.')
      }
      expect(plansInHeap()).toEqual(new Set(['new']))
      expectOrder(['old', 'new'])
    })

    type Call = { params?: Record<string, string>; plan?: object | null; instance?: string }

    /** An execute call as Looker may make it, with or without a plan. */
    async function execute(look: Look, { params, plan = null, instance }: Call): Promise<string> {
      let data = ''
      for await (const piece of writeResult(look, { format: 'json_detail_lite_stream' })) data += piece
      const answer = await fetch(`${bench.url}/actions/heap/execute`, {
        method: 'POST',
        headers: {
          authorization: `Token token="${TOKEN}"`,
          'content-type': 'application/json',
          ...(instance ? { 'x-looker-instance': instance } : {}),
        },
        body: JSON.stringify({
          type: 'query',
          scheduled_plan: plan,
          form_params: { ...look.suggestedParams, ...params },
          attachment: { mimetype: 'application/json', extension: 'json', data },
        }),
      })
      const { looker } = (await answer.json()) as { looker: { message: string } }
      return looker.message
    }

    const [OLD, NEW, , NEXT_HOUR] = LOOKS
    const LOOK_7 = { url: 'https://looker.example.com/looks/7' }
    const SYNC = 'sync-0123456789abcdef'

    test.each<{ name: string; older: Call; newer: Call; isSameSync: boolean }>([
      {
        name: 'the same plan',
        older: { plan: { scheduled_plan_id: 5 } },
        newer: { plan: { scheduled_plan_id: '5' } },
        isSameSync: true,
      },
      {
        name: 'another plan',
        older: { plan: { scheduled_plan_id: 5 } },
        newer: { plan: { scheduled_plan_id: 6 } },
        isSameSync: false,
      },
      {
        name: 'the same plan of another Looker',
        older: { plan: { scheduled_plan_id: 5 }, instance: 'a' },
        newer: { plan: { scheduled_plan_id: 5 }, instance: 'b' },
        isSameSync: false,
      },
      {
        name: 'a copy of the plan with the same sync_id',
        older: { plan: { scheduled_plan_id: 5 }, params: { sync_id: SYNC } },
        newer: { plan: { scheduled_plan_id: 6 }, params: { sync_id: SYNC } },
        isSameSync: true,
      },
      { name: 'the same Look', older: { plan: LOOK_7 }, newer: { plan: LOOK_7 }, isSameSync: true },
      {
        name: 'another query',
        older: { plan: { query_id: 1 } },
        newer: { plan: { query_id: 2 } },
        isSameSync: false,
      },
      { name: 'no plan and no Look', older: {}, newer: {}, isSameSync: true },
      {
        name: 'another share of rejected rows',
        older: {},
        newer: { params: { max_rejected_percent: '5' } },
        isSameSync: true,
      },
      { name: 'another environment', older: {}, newer: { params: { env_id: '12' } }, isSameSync: false },
      { name: 'another match', older: {}, newer: { params: { match_by: 'heap_setup' } }, isSameSync: false },
      {
        name: 'another property type',
        older: {},
        newer: { params: { property_type: 'account' } },
        isSameSync: false,
      },
    ])('what is one sync: $name', async ({ older, newer, isSameSync }) => {
      gate.shut(isOld)
      const old = execute(OLD!, older)
      await waitFor(() => gate.waiting() === 4, 'four requests in flight')
      await waitFor(async () => (await bench.newestImport()).received === 1_000, 'all old rows')
      const oldId = (await bench.newestImport()).id
      const next = execute(NEW!, newer)
      await waitFor(async () => {
        const row = await bench.newestImport()
        return row.id !== oldId && row.state !== 'reading'
      }, 'all new rows')
      const [{ held }] = (await bench.app.database.query<{ held: number }>(
        "select count(*)::int as held from batches where state = 'held'",
      )) as [{ held: number }]
      if (!isSameSync) expect(held).toBe(0)
      if (isSameSync) {
        await waitFor(async () => {
          const [row] = await bench.app.database.query<ImportRow>('select * from imports where id = $1', [
            oldId,
          ])
          return row?.superseded === 600
        }, 'the replacing')
      }
      gate.open()
      expect(await old).toContain(`Imported ${isSameSync ? '400' : '1,000'} of 1,000 rows`)
      expect(await next).toContain('Imported 1,000 of 1,000 rows')
      await expectAccounted()
    })

    test('two Looks that are sent without a plan to one environment lose nothing', async () => {
      gate.shut(isOld)
      const old = execute(OLD!, {})
      await waitFor(() => gate.waiting() === 4, 'four requests in flight')
      const next = execute(NEXT_HOUR!, {})
      await waitFor(async () => (await bench.newestImport()).state === 'sending', 'the newer rows')
      gate.open()
      await Promise.all([old, next])
      expect(bench.heap.users('11').size).toBe(2_000)
      await expectAccounted()
    })
  },
)
