import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultRule } from '../../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../../sandbox/heap/heap-stand-in.ts'
import type { ClaimedBatch } from '../../database/repositories/batch-repository.ts'
import { createEntityWriter } from '../../heap/entity-line.ts'
import { joinLines } from '../../heap/entity-lines.ts'
import type { HeapClient, HeapExchange } from '../../heap/heap-client.ts'
import { createHeapClient } from '../../heap/heap-client.ts'
import { HEAP_TIMING } from '../../heap/pace/heap-timing.ts'
import { TEST_SETTINGS } from '../../testing/sync-settings.ts'
import { packLines, unpackLines } from '../batches/batch-payload.ts'
import { heapTarget } from '../sync-target.ts'
import { createEnvironments } from './environments.ts'
import { sendBatch } from './send-batch.ts'

const heap = createHeapStandIn()
let client: HeapClient

beforeAll(async () => {
  client = createHeapClient({ apiUrl: await heap.listen() })
})
beforeEach(() => heap.reset())
afterAll(async () => {
  await client.close()
  await heap.close()
})

async function claim(rows: number, given: Partial<ClaimedBatch> = {}): Promise<ClaimedBatch> {
  const write = createEntityWriter(heapTarget(TEST_SETTINGS), ['n'])
  const lines = Array.from({ length: rows }, (_, index) => write(`user ${index + 1}`, [index]))
  return {
    job: { importId: 1, number: 1, jobId: 'a', environmentId: '11' },
    attempt: 1,
    entities: rows,
    rowRanges: `1-${rows}`,
    payload: packLines(joinLines(lines)),
    progress: null,
    storedAt: new Date(),
    settings: TEST_SETTINGS,
    refusedText: null,
    isCancelled: false,
    ...given,
  }
}

/** The batch as it is claimed the next time. */
function putBack(batch: ClaimedBatch, sent: Awaited<ReturnType<typeof sendBatch>>): ClaimedBatch {
  return { ...batch, ...sent.outcome.pending!, attempt: batch.attempt + 1 }
}

function createSender(signal = new AbortController().signal, batchSize = 1000) {
  const environments = createEnvironments(batchSize)
  return {
    client,
    environments,
    timing: HEAP_TIMING,
    signal,
    keepTest: async () => undefined,
    breaker: environments.of('11').breaker,
  }
}

const DOWN: FaultRule = { fault: { kind: 'answer', status: 503 } }
const LONG_AGO = new Date(Date.now() - 25 * 3_600_000)

const waitOf = ({ outcome }: Awaited<ReturnType<typeof sendBatch>>) =>
  outcome.pending!.retryAt.getTime() - Date.now()

describe('the wait after a failure', () => {
  test('is short after the first one, however often the batch was claimed', async () => {
    heap.setFaults({ rules: [DOWN] })
    const sent = await sendBatch(await claim(10, { attempt: 12 }), createSender())
    expect(waitOf(sent)).toBeLessThanOrEqual(1_000)
    expect(sent.outcome.pending!.progress).toMatchObject({ failures: 1 })
  })

  test('counts no put-back for another reason', async () => {
    heap.setFaults({ rules: [DOWN] })
    const sender = createSender()
    const first = await sendBatch(await claim(10), sender)
    let batch = putBack(await claim(10), first)
    for (let failure = 0; failure < 5; failure += 1) sender.breaker.onFailure(Date.now())
    for (let times = 0; times < 10; times += 1) batch = putBack(batch, await sendBatch(batch, sender))
    expect(heap.requests().requests).toBe(1)
    expect(batch.progress).toEqual(first.outcome.pending!.progress)
    const stopping = await sendBatch(batch, createSender(AbortSignal.abort()))
    expect(waitOf(stopping)).toBeLessThanOrEqual(0)
    expect(stopping.outcome.pending!.progress).toMatchObject({ failures: 1 })
  })
})

test('halving goes on where it was, in another process as well', async () => {
  const guilty: FaultRule = { fault: { kind: 'poison_keys', keys: ['user 300'] } }
  let batch = await claim(512)
  let rounds = 0
  const rejected: (number | undefined)[] = []
  for (;;) {
    rounds += 1
    // Every process has three words of Heap, and then a failure.
    let words = 0
    const failing: Pick<HeapClient, 'send'> = {
      send: (...request) => {
        words += 1
        heap.setFaults({ rules: words > 3 ? [DOWN] : [guilty] })
        return client.send(...request)
      },
    }
    const sent = await sendBatch(batch, { ...createSender(), client: { ...client, ...failing } })
    rejected.push(...sent.outcome.rejected.map(({ rowNumber }) => rowNumber))
    if (!sent.outcome.pending) break
    batch = putBack(batch, sent)
    expect(unpackLines(batch.payload, batch.entities).texts()).toHaveLength(batch.entities)
    expect(rounds).toBeLessThan(12)
  }
  expect(rejected).toEqual([300])
  expect(heap.users('11').size).toBe(511)
})

describe('rows that have waited for a day', () => {
  test('are not given up at the first failure of a Heap that was well', async () => {
    heap.setFaults({ rules: [DOWN] })
    const sender = createSender()
    let batch = await claim(10, { storedAt: LONG_AGO })
    for (let failures = 1; failures < 5; failures += 1) {
      const sent = await sendBatch(batch, sender)
      expect(sent.outcome.rejected).toEqual([])
      batch = putBack(batch, sent)
    }
    const last = await sendBatch(batch, sender)
    expect(last.outcome).toMatchObject({ pending: null, delivered: 0 })
    expect(last.outcome.rejected).toHaveLength(10)
    expect(last.outcome.rejected[0]).toMatchObject({ reason: 'heap_unreachable', text: 'HTTP 503' })
  })

  test('are tried on when the probe showed that Heap is back', async () => {
    const rules = [{ fault: { kind: 'answer', status: 200, stored: true }, requests: 1 } as FaultRule, DOWN]
    heap.setFaults({ rules })
    const sender = createSender(undefined, 100)
    for (let failure = 0; failure < 5; failure += 1) sender.breaker.onFailure(Date.now() - 3_600_000)
    const sent = await sendBatch(await claim(250, { storedAt: LONG_AGO }), sender)
    expect(sent.outcome).toMatchObject({ delivered: 100, rejected: [], pending: { entities: 150 } })
  })

  test('are given up unsent after a probe in vain, and tried once Heap is well', async () => {
    heap.setFaults({ rules: [DOWN] })
    const sender = createSender()
    const { breaker } = sender
    for (let failure = 0; failure < 5; failure += 1) breaker.onFailure(Date.now() - 3_600_000)
    const probe = await sendBatch(await claim(10, { storedAt: LONG_AGO }), sender)
    expect(probe.outcome.rejected).toHaveLength(10)
    const unsent = await sendBatch(await claim(10, { storedAt: LONG_AGO }), sender)
    expect(unsent.outcome.rejected).toHaveLength(10)
    expect(heap.requests().requests).toBe(1)
    const young = await sendBatch(await claim(10), sender)
    expect(young.outcome).toMatchObject({ rejected: [], pending: { entities: 10 } })

    heap.setFaults({ rules: [] })
    breaker.canSend(Date.now() + 3_600_000)
    breaker.onSuccess()
    const after = await sendBatch(await claim(10, { storedAt: LONG_AGO }), sender)
    expect(after.outcome).toMatchObject({ delivered: 10, rejected: [], pending: null })
  })
})

describe('when Heap refuses every row', () => {
  const REFUSING: FaultRule = { fault: { kind: 'answer', status: 400, body: 'no' } }

  test('of a hundred or more, the others need not be tried, also when it took several turns', async () => {
    heap.setFaults({ rules: [REFUSING] })
    const timing = { ...HEAP_TIMING, turnMs: 20 }
    let batch = await claim(150)
    for (;;) {
      const sent = await sendBatch(batch, { ...createSender(), timing })
      if (sent.outcome.pending) {
        expect(sent.everyRowRefused).toBeNull()
        batch = putBack(batch, sent)
        continue
      }
      expect(sent.everyRowRefused).toBe('no')
      break
    }
  })

  test('of fewer, or but for one, that says nothing of the others', async () => {
    heap.setFaults({ rules: [REFUSING] })
    expect((await sendBatch(await claim(99), createSender())).everyRowRefused).toBeNull()
    const keys = Array.from({ length: 119 }, (_, index) => `user ${index + 2}`)
    heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys } }] })
    const sent = await sendBatch(await claim(120), createSender())
    expect(sent).toMatchObject({ everyRowRefused: null, outcome: { delivered: 1 } })
  })
})

describe('what Heap said of the request', () => {
  test('goes with the outcome', async () => {
    const said = async () => (await sendBatch(await claim(10), createSender())).outcome.heapWord
    expect(await said()).toEqual({ answered: true, denial: null })
    heap.setFaults({ rules: [DOWN] })
    expect(await said()).toEqual({ answered: false, denial: null })
    heap.setFaults({ rules: [{ fault: { kind: 'answer', status: 407, body: 'Log in' } }] })
    expect(await said()).toEqual({ answered: false, denial: { status: 407, text: 'HTTP 407 Log in' } })
  })
})

test('what a test sent is kept before anybody can see its outcome', async () => {
  const kept: unknown[] = []
  const settings = { ...TEST_SETTINGS, testRows: 1 }
  const sender = {
    ...createSender(),
    keepTest: async (importId: number, { answer }: HeapExchange) => {
      await setImmediate()
      kept.push({ importId, status: answer?.status })
    },
  }
  const sent = await sendBatch(await claim(1, { settings }), sender)
  expect({ delivered: sent.outcome.delivered, kept }).toEqual({
    delivered: 1,
    kept: [{ importId: 1, status: 200 }],
  })
})
