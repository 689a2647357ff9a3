import { afterEach, describe, expect, test } from 'vitest'
import type { Fault, FaultRule } from '../../sandbox/heap/heap-faults.ts'
import type { HeapTiming } from '../heap/heap-timing.ts'
import { createPostgresDatabase } from '../testing/engines.ts'
import { sampleLook, users } from '../testing/sample-look.ts'
import { SHORT_PATIENCE } from '../testing/short-patience.ts'
import type { ImportRow } from '../testing/test-bench.ts'
import { createTestBench } from '../testing/test-bench.ts'
import { waitFor } from '../testing/wait-for.ts'

const LOOKS = [
  sampleLook({ id: 'users', rows: () => users(2_500) }),
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
    const bench = await createTestBench({
      database,
      looks: LOOKS,
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
      message: 'Imported 0 of 2,500 rows into Heap environment 11. 2,500 rows still on their way.',
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
    { kind: 'answer', status: 200, body: '<html>garbage', stored: true },
    { kind: 'answer', status: 204, stored: true },
    { kind: 'answer', status: 201, body: '{"error":"no"}', stored: true },
  ])('$status with "$body" is delivered: whatever a 2xx carries', async (fault) => {
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

  test('a redirect is not followed: rows go to no other host', async () => {
    const { heap, befall, deliver, finished } = await start({}, PATIENT_LOOKER)
    befall({ fault: { kind: 'answer', status: 307, location: 'http://127.0.0.1:1/elsewhere' } })
    const record = await deliver('users')
    expect(record.status).toBe('failure')
    expect(record.message).toContain('2,500 rows refused by Heap (HTTP 307)')
    expect(await finished()).toMatchObject([{ rejected: 2_500 }])
    expect(heap.users('11').size).toBe(0)
  })

  test('a row that it always fails at waits alone, until it is a day old', async () => {
    const { heap, befall, deliver, query, finished } = await start({}, PATIENT_LOOKER)
    const keys = ['user7@example.com', 'user2100@example.com']
    befall({ fault: { kind: 'poison_keys', keys, status: 500 } })
    const answer = deliver('users')
    await waitFor(() => heap.users('11').size === 2_498, 'all others in Heap')
    await waitFor(async () => {
      const [waiting] = await query<{ rows: number; ranges: string }>(
        `select sum(entities)::int as rows, string_agg(row_ranges, ',' order by number) as ranges
         from batches where state <> 'done'`,
      )
      return waiting?.rows === 2 && waiting.ranges === '7,2100'
    }, 'the guilty rows alone')
    // They stop nobody: neither by their place in the queue nor by opening the circuit.
    for (let delivery = 0; delivery < 5; delivery += 1) {
      expect((await deliver('small')).message).toBe('Imported 100 of 100 rows into Heap environment 11.')
    }
    await query(`update batches set stored_at = now() - interval '25 hours'`)
    expect((await finished())[0]).toMatchObject({ delivered: 2_498, rejected: 2 })
    expect(await query('select row_number, join_key, reason, text from rejected_rows order by 1')).toEqual(
      [7, 2100].map((row) => ({
        row_number: row,
        join_key: `user${row}@example.com`,
        reason: 'heap_unreachable',
        text: 'HTTP 500',
      })),
    )
    expect((await answer).message).toBe(
      'Imported 2,498 of 2,500 rows into Heap environment 11. 2 rejected: 2 rows not taken by Heap within 24 hours (HTTP 500) (rows 7, 2100).',
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

  async function waitForSuccess<T extends { message: string }>(deliver: () => Promise<T>): Promise<T> {
    return waitFor(async () => {
      const record = await deliver()
      return record.message.startsWith('Imported 100 of 100') && record
    }, 'a delivery that arrives')
  }
})
