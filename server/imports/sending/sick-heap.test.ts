import { afterEach, describe, expect, test } from 'vitest'
import type { Fault, FaultRule } from '../../../sandbox/heap/heap-faults.ts'
import type { HeapTiming } from '../../heap/pace/heap-timing.ts'
import { HEAP_TIMING } from '../../heap/pace/heap-timing.ts'
import { toImportDetail } from '../../history/to-import-detail.ts'
import { createPostgresDatabase } from '../../testing/engines.ts'
import type { ImportRow } from '../../testing/import-row.ts'
import { sampleLook, users } from '../../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../../testing/short-patience.ts'
import { createTestBench } from '../../testing/test-bench.ts'
import { waitFor } from '../../testing/wait-for.ts'

const LOOKS = [
  sampleLook({ id: 'users', rows: () => users(2_500) }),
  sampleLook({ id: 'medium', rows: () => users(1_200) }),
  sampleLook({ id: 'small', rows: () => users(100, 10_001) }),
]

/** For the tests that want to see the end of an import in its answer. */
const PATIENT_LOOKER = { RESPONSE_DEADLINE: '600' }

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

// Only one engine: what Heap does to the server has nothing to do with the database.
describe('while Heap is sick', { timeout: 180_000 }, () => {
  async function start(timing: Partial<HeapTiming> = {}, environment: Record<string, string> = {}) {
    const database = await createPostgresDatabase()
    cleanups.push(database.remove)
    let gate: Promise<void> | undefined
    const bench = await createTestBench({
      database,
      looks: LOOKS,
      heap: { watcher: { onRequest: () => gate } },
      environment: { HEAP_BATCH_SIZE: '100', RESPONSE_DEADLINE: '2', ...environment },
      app: { heapTiming: { ...SHORT_PATIENCE, ...timing } },
    })
    cleanups.push(bench.close)
    const { heap, looker, app } = bench
    return {
      heap,
      befall: (...rules: FaultRule[]) => heap.setFaults({ rules }),
      deliver: (look: string, environmentId = '11') =>
        looker.deliver(look, { ...LOOKS[0]!.suggestedParams, env_id: environmentId }),
      query: app.database.query,
      /** The import as the extension shows it. */
      view: async (importId: number) =>
        toImportDetail((await app.repositories.imports.find(importId))!, 'any', app),
      /** Heap lets nobody go on until what is returned is called. */
      hold(): () => void {
        const { promise, resolve } = Promise.withResolvers<void>()
        gate = promise
        return resolve
      },
      /** All imports once they are finished. */
      finished: () =>
        waitFor(async () => {
          const rows = await app.database.query<ImportRow>('select * from imports order by id')
          for (const row of rows) {
            const { received, delivered, rejected, skipped, superseded } = row
            expect(received).toBeGreaterThanOrEqual(delivered + rejected + skipped + superseded)
          }
          return rows.every(({ state }) => state === 'finished') && rows
        }, 'the end of all imports'),
    }
  }

  const DOWN: Fault = { kind: 'answer', status: 503 }

  test('it is left alone; Looker is answered at the deadline, other environments go on', async () => {
    const { heap, befall, deliver } = await start({ breaker: { pauseMs: 3_600_000 } })
    befall({ fault: DOWN, environmentId: '11' })
    const record = await deliver('users')
    expect(record).toMatchObject({
      status: 'success',
      message:
        'Imported 0 of 2,500 rows into Heap environment 11. 2,500 rows still on their way. They are tried again; the last try ended with: HTTP 503.',
    })
    // Five failures open the circuit; at that moment at most three more requests are in flight.
    const { requests } = heap.requests()
    expect(requests).toBeGreaterThanOrEqual(5)
    expect(requests).toBeLessThanOrEqual(8)
    await deliver('users', '12')
    await waitFor(() => heap.users('12').size === 2_500, 'the rows of the other environment')
    await deliver('small')
    expect(heap.requests().outcomes['503']).toBe(requests)
  })

  test('it is probed with single requests, and gets everything once it is well', async () => {
    const pauseMs = 150
    const { heap, befall, deliver, finished } = await start({ breaker: { pauseMs, maxPauseMs: pauseMs } })
    befall({ fault: DOWN })
    const begin = performance.now()
    await deliver('users')
    await waitFor(() => heap.requests().requests >= 12, 'some probes')
    const { requests } = heap.requests()
    expect(requests).toBeLessThanOrEqual(9 + (performance.now() - begin) / pauseMs)
    befall()
    expect(await finished()).toMatchObject([{ received: 2_500, delivered: 2_500 }])
    expect(heap.users('11').size).toBe(2_500)
  })

  test.each<{ name: string; rules: FaultRule[] }>([
    {
      name: 'does not answer (half-open connections)',
      rules: [
        { fault: { kind: 'hang', stored: false }, requests: 5 },
        { fault: { kind: 'hang', stored: true }, requests: 5 },
      ],
    },
    { name: 'answers byte by byte', rules: [{ fault: { kind: 'slow_body', ms: 400 }, requests: 8 }] },
    {
      name: 'throttles with every form of Retry-After, a day included',
      rules: [
        {
          fault: { kind: 'answer', status: 429, retryAfter: { seconds: 86_400, as: 'seconds' } },
          requests: 5,
        },
        { fault: { kind: 'answer', status: 503, retryAfter: { seconds: 86_400, as: 'date' } }, requests: 5 },
        { fault: { kind: 'answer', status: 429, retryAfter: { text: 'soon' } }, requests: 5 },
      ],
    },
    {
      name: 'cuts its answers',
      rules: [
        { fault: { kind: 'cut' }, requests: 6 },
        { fault: { kind: 'cut', chunked: true }, requests: 6 },
      ],
    },
    { name: 'resets connections', rules: [{ fault: { kind: 'reset', stored: false }, requests: 12 }] },
  ])('what it $name is tried again until it is there', async ({ rules }) => {
    const { heap, befall, deliver, finished } = await start({ requestMs: 300 }, PATIENT_LOOKER)
    befall(...rules)
    expect(await deliver('users')).toMatchObject({
      status: 'success',
      message: 'Imported 2,500 of 2,500 rows into Heap environment 11.',
    })
    await finished()
    expect(heap.users('11').size).toBe(2_500)
  })

  test.each<Fault>([
    { kind: 'answer', status: 200, body: 'garbage', stored: true },
    { kind: 'answer', status: 204, stored: true },
    { kind: 'answer', status: 201, body: '{"error":"no"}', stored: true },
  ])('$status with "$body" is delivered: whatever a 2xx carries but a web page', async (fault) => {
    const { heap, befall, deliver } = await start({}, PATIENT_LOOKER)
    befall({ fault })
    expect((await deliver('users')).message).toBe('Imported 2,500 of 2,500 rows into Heap environment 11.')
    expect(heap.requests().requests).toBe(25)
  })

  test('a batch that takes many requests lets others go between them, and is delivered all the same', async () => {
    const { heap, befall, deliver } = await start(
      { turnMs: 0 },
      { HEAP_BATCH_SIZE: '1000', ...PATIENT_LOOKER },
    )
    befall({ fault: { kind: 'too_large', bytes: 20_000 } })
    expect((await deliver('users')).message).toBe('Imported 2,500 of 2,500 rows into Heap environment 11.')
    expect(heap.users('11').size).toBe(2_500)
  })

  test('a web page with status 200, as a login in between sends it, is no success', async () => {
    const { heap, befall, deliver, finished } = await start()
    const fault: Fault = { kind: 'answer', status: 200, body: '<!doctype html><title>Log in</title>' }
    befall({ fault, requests: 5 })
    await deliver('users')
    expect(await finished()).toMatchObject([{ received: 2_500, delivered: 2_500, rejected: 0 }])
    expect(heap.users('11').size).toBe(2_500)
  })

  describe('by a denial', () => {
    const denial = (status: number, requests?: number): FaultRule => ({
      fault: { kind: 'answer', status, body: 'No access', location: 'http://127.0.0.1:1/elsewhere' },
      ...(requests === undefined ? {} : { requests }),
    })

    test.each([301, 307, 401, 403, 404, 407, 418, 421, 423, 451])('no row is lost: %i', async (status) => {
      const { heap, befall, deliver } = await start({}, PATIENT_LOOKER)
      befall(denial(status, 6))
      expect((await deliver('users')).message).toBe('Imported 2,500 of 2,500 rows into Heap environment 11.')
      expect(heap.users('11').size).toBe(2_500)
    })

    test('that lasts Looker is told of, with what to check; the rows are kept and tried on', async () => {
      const { heap, befall, deliver, query, finished, view } = await start(
        { deniedMs: 1_000 },
        PATIENT_LOOKER,
      )
      befall(denial(403))
      const record = await deliver('users')
      expect(record.status).toBe('failure')
      const told =
        /^Imported 0 of 2,500 rows into Heap environment 11\. 2,500 rows still on their way\. Heap has turned away every request since \d{4}-\d\d-\d\d \d\d:\d\d UTC: HTTP 403 No access\. Check the environment ID, and whether a proxy or firewall .* forbids the request; HEAP_API_URL .* region .*\. The rows are kept and tried until they are 24 hours old\.$/
      expect(record.message).toMatch(told)
      expect(await query('select * from rejected_rows')).toEqual([])
      const first = await view(1)
      expect(first).toMatchObject({ state: 'sending', success: false, pending: 2_500 })
      expect(first.message).toMatch(told)
      expect(first.heap.denial).toMatch(
        /^Heap has turned away every request since .*: HTTP 403 No access\. Check /,
      )

      // The next delivery does not begin to wait anew; another environment does not hear of it.
      const begin = performance.now()
      expect((await deliver('small')).status).toBe('failure')
      expect(performance.now() - begin).toBeLessThan(10_000)
      befall({ ...denial(403), environmentId: '11' })
      expect((await deliver('small', '12')).status).toBe('success')

      befall()
      await finished()
      expect(await view(1)).toMatchObject({ success: true, state: 'finished', heap: { denial: null } })
      expect(heap.users('11').size).toBe(2_600)
      expect(await query('select * from heap_denials')).toEqual([])
      expect((await deliver('small')).status).toBe('success')
    })

    test('the answer at the deadline says what Heap says', async () => {
      const { befall, deliver } = await start()
      befall(denial(404))
      const { status, message } = await deliver('users')
      expect(status).toBe('success')
      expect(message).toMatch(
        /2,500 rows still on their way\. Heap has turned away every request since .* UTC: HTTP 404 No access\. Check the address: HEAP_API_URL .*\. After 15 minutes of that, deliveries into this environment are reported as failed\.$/,
      )
    })

    test('between which Heap takes rows nobody is told of', async () => {
      const { befall, deliver, query } = await start({ deniedMs: 2_000 }, PATIENT_LOOKER)
      befall({ ...denial(403), probability: 0.3 })
      expect((await deliver('users')).message).toBe('Imported 2,500 of 2,500 rows into Heap environment 11.')
      expect(await query('select * from heap_denials')).toEqual([])
    })

    test('of one row, by a firewall say, does not hold up the others', async () => {
      const { heap, befall, deliver, query } = await start({}, PATIENT_LOOKER)
      befall({ fault: { kind: 'poison_keys', keys: ['user7@example.com'], status: 403 } })
      const answer = deliver('users')
      await waitFor(() => heap.users('11').size === 2_499, 'all others in Heap')
      for (let delivery = 0; delivery < 3; delivery += 1) {
        expect((await deliver('small')).message).toBe('Imported 100 of 100 rows into Heap environment 11.')
      }
      await query(`update batches set stored_at = now() - interval '25 hours'`)
      expect((await answer).message).toContain(
        '1 rejected: 1 row not taken by Heap within 24 hours (HTTP 403 An entity is not acceptable) (row 7).',
      )
    })
  })

  test('a row that it always fails at waits alone, until it is a day old', async () => {
    const { heap, befall, deliver, query, finished } = await start({}, PATIENT_LOOKER)
    // Two of one batch, and one of another.
    const keys = ['user7@example.com', 'user9@example.com', 'user2100@example.com']
    befall({ fault: { kind: 'poison_keys', keys, status: 500 } })
    const answer = deliver('users')
    await waitFor(() => heap.users('11').size === 2_497, 'all others in Heap')
    await waitFor(async () => {
      const [waiting] = await query<{ rows: number; ranges: string }>(
        `select sum(entities)::int as rows, string_agg(row_ranges, ',' order by number) as ranges
         from batches where state <> 'done'`,
      )
      return waiting?.rows === 3 && ['7,9,2100', '9,7,2100'].includes(waiting.ranges)
    }, 'the guilty rows alone')
    // They stop nobody: neither by their place in the queue nor by opening the circuit.
    for (let delivery = 0; delivery < 5; delivery += 1) {
      expect((await deliver('small')).message).toBe('Imported 100 of 100 rows into Heap environment 11.')
    }
    await query(`update batches set stored_at = now() - interval '25 hours'`)
    expect((await finished())[0]).toMatchObject({ delivered: 2_497, rejected: 3 })
    expect(await query('select row_number, join_key, reason, text from rejected_rows order by 1')).toEqual(
      [7, 9, 2100].map((row) => ({
        row_number: row,
        join_key: `user${row}@example.com`,
        reason: 'heap_unreachable',
        text: 'HTTP 500',
      })),
    )
    expect((await answer).message).toBe(
      'Imported 2,497 of 2,500 rows into Heap environment 11. 3 rejected: 3 rows not taken by Heap within 24 hours (HTTP 500) (rows 7, 9, 2100).',
    )
  })

  test('what it has not taken within a day is rejected, without asking it for every row', async () => {
    const pauseMs = 2_000
    const { heap, befall, deliver, query, finished } = await start({
      breaker: { pauseMs, maxPauseMs: pauseMs },
    })
    befall({ fault: DOWN })
    await deliver('users')
    await query(`update batches set stored_at = now() - interval '25 hours'`)
    expect(await finished()).toMatchObject([{ delivered: 0, rejected: 2_500 }])
    expect(await query('select reason, count(*)::int as rows from rejected_rows group by 1')).toEqual([
      { reason: 'heap_unreachable', rows: 2_500 },
    ])
    expect(heap.requests().requests).toBeLessThan(20)
    befall()
    expect((await waitForSuccess(() => deliver('small'))).status).toBe('success')
    expect(heap.users('11').size).toBe(100)
  })

  test('refused rows are found although every fourth request fails, at the usual patience', async () => {
    const { heap, befall, deliver } = await start(HEAP_TIMING, {
      ...PATIENT_LOOKER,
      HEAP_BATCH_SIZE: '1000',
    })
    befall(
      { fault: DOWN, probability: 0.25 },
      { fault: { kind: 'poison_keys', keys: ['user7@example.com', 'user600@example.com'] } },
    )
    const begin = performance.now()
    expect((await deliver('medium')).message).toBe(
      'Imported 1,198 of 1,200 rows into Heap environment 11. 2 rejected: 2 rows refused by Heap (An entity is not acceptable) (rows 7, 600).',
    )
    expect(performance.now() - begin).toBeLessThan(20_000)
    expect(heap.users('11').size).toBe(1_198)
  })

  test('after a long outage requests are soon large again', async () => {
    const { heap, befall, deliver, finished } = await start({}, { HEAP_BATCH_SIZE: '1000' })
    befall({ fault: DOWN })
    await deliver('users')
    await waitFor(() => heap.requests().requests >= 30, 'an outage')
    befall()
    const before = heap.requests().requests
    expect(await finished()).toMatchObject([{ delivered: 2_500 }])
    expect(heap.requests().requests - before).toBeLessThan(90)
  })

  test('rows that are a day old are tried once it is well again', async () => {
    const { heap, befall, deliver, query, finished, hold } = await start()
    befall({ fault: DOWN })
    await deliver('users')
    await query(`update batches set stored_at = now() - interval '25 hours'`)
    expect(await finished()).toMatchObject([{ delivered: 0, rejected: 2_500 }])
    befall()
    await waitForSuccess(() => deliver('small'))
    // All is well; then rows grow old because our server was switched off, say.
    const release = hold()
    const answer = deliver('users', '11')
    await waitFor(
      async () => (await query(`select from batches where state <> 'done'`)).length === 25,
      'all batches are stored',
    )
    await query(`update batches set stored_at = now() - interval '25 hours' where state <> 'done'`)
    release()
    await answer
    expect((await finished()).at(-1)).toMatchObject({ delivered: 2_500, rejected: 0 })
    expect(heap.users('11').size).toBe(2_600)
  })

  async function waitForSuccess<T extends { message: string }>(deliver: () => Promise<T>): Promise<T> {
    return waitFor(async () => {
      const record = await deliver()
      return record.message.startsWith('Imported 100 of 100') && record
    }, 'a delivery that arrives')
  }
})
