import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { FaultRule } from '../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { deliverEntities } from './deliver-entities.ts'
import { createEntityWriter } from './entity-line.ts'
import { joinLines } from './entity-lines.ts'
import type { HeapClient } from './heap-client.ts'
import { createHeapClient } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'
import { createBatchSize } from './pace/batch-size.ts'

const target: HeapTarget = { environmentId: '11', propertyType: 'user', manner: 'documented' }
const heap = createHeapStandIn()
let client: HeapClient

beforeAll(async () => {
  client = createHeapClient({ apiUrl: await heap.listen(), timeoutMs: 5000 })
})
beforeEach(() => heap.reset())
afterAll(async () => {
  await client.close()
  await heap.close()
})

const write = createEntityWriter(target, ['Note'])

function linesOf(count: number, note = 'x'): string[] {
  return Array.from({ length: count }, (_, index) => write(`user ${index}`, [note]))
}

function deliver(
  lines: string[],
  { rules = [] as FaultRule[], size = 1000, batchSize = createBatchSize(size), parts = [] as number[] } = {},
) {
  heap.setFaults({ rules })
  return deliverEntities({ client, target, lines: joinLines(lines), batchSize, parts })
}

const indicesFrom = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => from + index)

describe('when all is well', () => {
  it('delivers everything in requests of the current size', async () => {
    const delivery = await deliver(linesOf(2500))
    expect(delivery).toEqual({
      delivered: 2500,
      rejected: [],
      pending: [],
      parts: [],
      nextSize: null,
      failure: null,
      suspects: null,
      requests: 3,
      answered: 3,
    })
    expect(heap.users('11').size).toBe(2500)
    expect(heap.requests().largestRequest).toBe(1000)
  })

  it('sends nothing for nothing', async () => {
    expect(await deliver([])).toMatchObject({ delivered: 0, requests: 0, pending: [] })
  })

  it('keeps requests below 1 MB, counted in bytes', async () => {
    expect(await deliver(linesOf(1000, 'é'.repeat(1000)))).toMatchObject({ delivered: 1000, requests: 3 })
    expect(heap.requests().mostBytes).toBeLessThanOrEqual(1_000_000)
    expect(heap.requests().mostBytes).toBeGreaterThan(900_000)
  })
})

describe('refused entities', () => {
  it('are found by halving; all others arrive', async () => {
    const keys = ['user 0', 'user 500', 'user 999', 'user 1200']
    const delivery = await deliver(linesOf(1500), { rules: [{ fault: { kind: 'poison_keys', keys } }] })
    expect(delivery.rejected).toEqual(
      [0, 500, 999, 1200].map((index) => ({
        index,
        reason: 'heap_refused',
        status: 400,
        text: 'An entity is not acceptable',
      })),
    )
    expect(delivery).toMatchObject({ delivered: 1496, pending: [], failure: null })
    expect(heap.users('11').size).toBe(1496)
    expect(delivery.requests).toBeLessThan(90)
  })

  it('have the status for a text when Heap says nothing', async () => {
    const delivery = await deliver(linesOf(1), {
      rules: [{ fault: { kind: 'answer', status: 422, body: '{}' } }],
    })
    expect(delivery.rejected).toEqual([{ index: 0, reason: 'heap_refused', status: 422, text: 'HTTP 422' }])
  })
})

describe('too large requests', () => {
  it('get smaller, and so do the ones that follow', async () => {
    const batchSize = createBatchSize(1000)
    const rules = [{ fault: { kind: 'too_large', bytes: 20_000 } } as const]
    const delivery = await deliver(linesOf(2000, 'x'.repeat(100)), { rules, batchSize })
    expect(delivery).toMatchObject({ delivered: 2000, rejected: [] })
    expect(batchSize.current()).toBeLessThanOrEqual(156)
    expect(heap.requests().outcomes['413']).toBeLessThan(6)
    expect(delivery.requests).toBeLessThan(40)
  })

  it('of one row reject it, and no other', async () => {
    const lines = linesOf(20)
    lines[7] = write('user 7', ['x'.repeat(900)])
    const delivery = await deliver(lines, { rules: [{ fault: { kind: 'too_large', bytes: 900 } }] })
    expect(delivery.rejected).toEqual([
      { index: 7, reason: 'row_too_large', status: 413, text: '413 Request Entity Too Large' },
    ])
    expect(delivery.delivered).toBe(19)
  })

  it('are not sent for a row above 1 MB', async () => {
    const lines = linesOf(5)
    lines[2] = write('user 2', ['x'.repeat(1_000_000)])
    const delivery = await deliver(lines)
    expect(delivery.rejected).toMatchObject([{ index: 2, reason: 'row_too_large', status: null }])
    expect(delivery.delivered).toBe(4)
    expect(heap.requests().outcomes).toEqual({ 200: delivery.requests })
  })
})

describe('a failure that passes', () => {
  it('stops the delivery and leaves the rest pending', async () => {
    const retryAfter = { seconds: 9, as: 'seconds' } as const
    const throttled = [{ fault: { kind: 'answer', status: 429, retryAfter } } as const]
    heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: ['user 150'] } }] })
    let sent = 0
    const failing: Pick<HeapClient, 'send'> = {
      send: (...request) => {
        sent += 1
        if (sent === 20) heap.setFaults({ rules: throttled })
        return client.send(...request)
      },
    }
    const delivery = await deliverEntities({
      client: failing,
      target,
      lines: joinLines(linesOf(1000)),
      batchSize: createBatchSize(100),
    })
    expect(delivery.rejected.map(({ index }) => index)).toEqual([150])
    expect(delivery.failure).toEqual({
      kind: 'failed',
      cause: 'status',
      error: 'HTTP 429',
      status: 429,
      retryAfterMs: 9000,
    })
    expect(delivery.suspects).toBeNull()
    const firstLeft = 1000 - delivery.pending.length
    expect(delivery.pending.toSorted((a, b) => a - b)).toEqual(indicesFrom(firstLeft, 1000))
    expect(delivery.pending.at(-1)).toBe(firstLeft + 99)
    expect(delivery.delivered + 1 + delivery.pending.length).toBe(1000)
    expect(heap.users('11').size).toBe(delivery.delivered)
    expect(sent).toBe(20)
  })

  it('in the middle of halving keeps what is known, and rejects nobody for it', async () => {
    const rules: FaultRule[] = [
      { fault: { kind: 'answer', status: 400, body: 'no' }, requests: 2 },
      { fault: { kind: 'reset', stored: true } },
    ]
    const delivery = await deliver(linesOf(100), { rules })
    expect(delivery).toMatchObject({
      delivered: 0,
      rejected: [],
      pending: [...indicesFrom(25, 100), ...indicesFrom(0, 25)],
      parts: [25, 50, 25],
      nextSize: 12,
      suspects: 25,
      requests: 3,
      answered: 2,
    })
  })

  it('shrinks requests, unless Heap throttles', async () => {
    const batchSize = createBatchSize(1000)
    await deliver(linesOf(1000), { batchSize, rules: [{ fault: { kind: 'answer', status: 429 } }] })
    expect(batchSize.current()).toBe(1000)
    await deliver(linesOf(1000), { batchSize, rules: [{ fault: { kind: 'answer', status: 504 } }] })
    expect(batchSize.current()).toBe(500)
  })

  it('is a stop of the server as well, between requests and within one', async () => {
    const lines = linesOf(300)
    const stop = new AbortController()
    const stopping: Pick<HeapClient, 'send'> = {
      send: async (...request) => {
        const answer = await client.send(...request)
        stop.abort()
        return answer
      },
    }
    const batchSize = createBatchSize(100)
    const delivery = await deliverEntities({
      client: stopping,
      target,
      lines: joinLines(lines),
      batchSize,
      signal: stop.signal,
    })
    expect(delivery).toMatchObject({
      delivered: 100,
      pending: [...indicesFrom(200, 300), ...indicesFrom(100, 200)],
      suspects: null,
      failure: { cause: 'aborted' },
    })
    expect(batchSize.current()).toBe(100)
  })
})

describe('a row that Heap always fails at', () => {
  const failAt = (...keys: string[]): FaultRule => ({ fault: { kind: 'poison_keys', keys, status: 500 } })

  it('comes last next time, with those that were in the same request', async () => {
    const delivery = await deliver(linesOf(30), { rules: [failAt('user 7')], size: 10 })
    expect(delivery).toMatchObject({
      delivered: 0,
      pending: [...indicesFrom(10, 30), ...indicesFrom(0, 10)],
      parts: [30],
      nextSize: 5,
      suspects: 10,
    })
  })

  it.each([0, 1, 499, 500, 999])(
    'is left alone by coming back with half of what failed: %i',
    async (guilty) => {
      heap.setFaults({ rules: [failAt(`user ${guilty}`)] })
      const batchSize = createBatchSize(1000)
      let lines = linesOf(1000)
      let firstSize: number | null = null
      let parts: number[] = []
      let tries = 0
      for (; lines.length > 1; tries += 1) {
        const delivery = await deliverEntities({
          client,
          target,
          lines: joinLines(lines),
          batchSize,
          firstSize,
          parts,
        })
        expect(delivery.rejected).toEqual([])
        lines = delivery.pending.map((index) => lines[index]!)
        firstSize = delivery.nextSize
        parts = delivery.parts
      }
      expect(lines).toEqual([write(`user ${guilty}`, ['x'])])
      expect(heap.users('11').size).toBe(999)
      expect(tries).toBeLessThan(25)
    },
  )

  it('begins with few, and doubles while Heap takes them', async () => {
    const delivery = await deliverEntities({
      client,
      target,
      lines: joinLines(linesOf(1000)),
      batchSize: createBatchSize(300),
      firstSize: 1,
    })
    expect(delivery.delivered).toBe(1000)
    const sizes = heap.requests().recent.map(({ entities }) => entities)
    expect(sizes).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 189])
  })
})

describe('when its turn is over', () => {
  it('ends between requests without a failure, and has always got on', async () => {
    const options = { client, target, lines: joinLines(linesOf(300)), turnMs: 0 }
    const delivery = await deliverEntities({ ...options, batchSize: createBatchSize(100) })
    expect(delivery).toMatchObject({ delivered: 100, pending: indicesFrom(100, 300), failure: null })
  })

  it('ends in the middle of halving as well, and goes on where it was', async () => {
    const rules: FaultRule[] = [{ fault: { kind: 'poison_keys', keys: ['user 0'] } }]
    heap.setFaults({ rules })
    let lines = linesOf(128)
    let parts: number[] = []
    const rejected: string[] = []
    let turns = 0
    for (; lines.length > 0; turns += 1) {
      const options = { client, target, lines: joinLines(lines), parts, turnMs: 0 }
      const delivery = await deliverEntities({ ...options, batchSize: createBatchSize(1000) })
      expect(delivery).toMatchObject({ failure: null, requests: 1 })
      rejected.push(...delivery.rejected.map(({ index }) => lines[index]!))
      lines = delivery.pending.map((index) => lines[index]!)
      parts = delivery.parts
    }
    expect(rejected).toEqual([write('user 0', ['x'])])
    expect(turns).toBe(15)
    expect(heap.users('11').size).toBe(127)
  })
})

describe('halving', () => {
  it('goes on where it was after a failure that passes', async () => {
    const rules: FaultRule[] = [{ fault: { kind: 'poison_keys', keys: ['user 5'] } }]
    const delivery = await deliver(linesOf(64), { rules, parts: [4, 4, 8, 48] })
    // Refused: 4 to 7, 4 and 5, 5.
    expect(delivery).toMatchObject({ delivered: 63, requests: 8, answered: 8 })
    expect(heap.requests().outcomes).toEqual({ 200: 5, 400: 3 })
  })
})

describe('a hiccup', () => {
  /** Statuses of the first requests, one after the other; 200 for those that follow. */
  function deliverThrough(statuses: number[], faults: Partial<{ retryAfter: { text: string } }> = {}) {
    const rules = statuses.map(
      (status): FaultRule => ({
        fault: { kind: 'answer', status, stored: status < 300, ...(status < 300 ? {} : faults) },
        requests: 1,
      }),
    )
    heap.setFaults({ rules })
    return deliverEntities({
      client,
      target,
      lines: joinLines(linesOf(100)),
      batchSize: createBatchSize(50),
      hiccupMs: 1,
    })
  }

  it('between good answers ends no turn, and goes on with half of what failed', async () => {
    const delivery = await deliverThrough([200, 503, 200, 500])
    expect(delivery).toMatchObject({ delivered: 100, failure: null, pending: [], rejected: [] })
    const sizes = heap.requests().recent.map(({ entities }) => entities)
    expect(sizes).toEqual([50, 50, 25, 25, 12, 13])
  })

  it('is none when it is the first answer, or the second failure in a row', async () => {
    expect(await deliverThrough([503])).toMatchObject({ requests: 1, failure: { status: 503 } })
    expect(await deliverThrough([200, 503, 502])).toMatchObject({
      requests: 3,
      failure: { status: 502 },
      suspects: 25,
      parts: [50],
    })
  })

  it('is none when Heap asks to wait, or denies', async () => {
    for (const status of [429, 425, 403, 301]) {
      expect(await deliverThrough([200, status])).toMatchObject({ requests: 2, failure: { status } })
    }
    const delivery = await deliverThrough([200, 503], { retryAfter: { text: '7' } })
    expect(delivery).toMatchObject({ requests: 2, failure: { status: 503, retryAfterMs: 7_000 } })
  })
})

describe('a denial', () => {
  it.each([301, 401, 403, 404, 407, 418, 421, 423, 451])('with %i rejects no row', async (status) => {
    const batchSize = createBatchSize(1000)
    const rules: FaultRule[] = [
      { fault: { kind: 'poison_keys', keys: ['user 3'] }, requests: 1 },
      { fault: { kind: 'answer', status, body: 'No access' } },
    ]
    const delivery = await deliver(linesOf(200), { rules, batchSize })
    expect(delivery).toMatchObject({
      delivered: 0,
      rejected: [],
      pending: [...indicesFrom(100, 200), ...indicesFrom(0, 100)],
      parts: [100, 100],
      nextSize: 50,
      failure: { cause: 'denied', status, error: `HTTP ${status} No access` },
      suspects: 100,
      requests: 2,
      answered: 1,
    })
    // It is not for the size of the request, so the others keep theirs.
    expect(batchSize.current()).toBe(1000)
  })
})
