import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fault, FaultRule } from '../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { NO_PROGRESS, nextProgress } from './batch-progress.ts'
import { deliverEntities } from './deliver-entities.ts'
import { createEntityWriter } from './entity-line.ts'
import { joinLines } from './entity-lines.ts'
import type { HeapClient } from './heap-client.ts'
import { createHeapClient } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'
import { createBatchSize } from './pace/batch-size.ts'

const heap = createHeapStandIn()
let client: HeapClient
let hasty: HeapClient

beforeAll(async () => {
  const apiUrl = await heap.listen()
  client = createHeapClient({ apiUrl })
  hasty = createHeapClient({ apiUrl, timeoutMs: 60 })
})
afterAll(async () => {
  await client.close()
  await hasty.close()
  await heap.close()
})

const target = fc.constantFrom<HeapTarget>(
  { environmentId: '11', propertyType: 'user', manner: 'documented' },
  { environmentId: '11', propertyType: 'account', manner: 'documented' },
  { environmentId: '11', propertyType: 'user', manner: 'heap_action' },
  { environmentId: '11', propertyType: 'account', manner: 'heap_action' },
)

const keyOf = (index: number) => `key ${index}`

function storedIndices(target: HeapTarget, count: number): Set<number> {
  const { environmentId, propertyType, manner } = target
  const stored = propertyType === 'user' ? heap.users(environmentId) : heap.accounts(environmentId)
  // Nobody is known, so users by the property of the set-up are kept under its value.
  const prefix = propertyType === 'user' && manner === 'heap_action' ? 'email=' : ''
  const name = (index: number) => prefix + keyOf(index)
  const indices = Array.from({ length: count }, (_, index) => index)
  return new Set(indices.filter((index) => stored.has(name(index))))
}

/** Guilty entities, spread or in a row. */
const scenario = fc.integer({ min: 1, max: 400 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    size: fc.integer({ min: 1, max: 300 }),
    guilty: fc.oneof(
      fc.uniqueArray(fc.nat(count - 1), { maxLength: 12 }),
      fc.tuple(fc.nat(count - 1), fc.nat(30)).map(([from, many]) => run(from, Math.min(count, from + many))),
    ),
  }),
)

function run(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset)
}

it('rejects exactly the guilty entities, and Heap has exactly the others', async () => {
  await fc.assert(
    fc.asyncProperty(target, scenario, fc.boolean(), async (where, { count, size, guilty }, byRule) => {
      heap.reset()
      // Guilty by an injected fault, or truly: a value that Heap's documentation forbids.
      if (byRule) heap.setFaults({ rules: [{ fault: { kind: 'poison_keys', keys: guilty.map(keyOf) } }] })
      const poison = new Set(guilty)
      const write = createEntityWriter(where, ['n'])
      const lines = run(0, count).map((index) =>
        write(keyOf(index), [!byRule && poison.has(index) ? 'x'.repeat(1024) : index]),
      )
      const delivery = await deliverEntities({
        client,
        target: where,
        lines: joinLines(lines),
        batchSize: createBatchSize(size),
      })
      expect(delivery.failure).toBeNull()
      expect(delivery.rejected.map(({ index }) => index)).toEqual([...poison].sort((a, b) => a - b))
      expect(delivery.delivered).toBe(count - poison.size)
      expect(storedIndices(where, count)).toEqual(
        new Set(run(0, count).filter((index) => !poison.has(index))),
      )
    }),
    { numRuns: 60 },
  )
})

/** Heap's only words about rows. */
const JUDGING = [400, 413, 422]

const fault = fc.oneof(
  fc.constantFrom<Fault>(
    { kind: 'reset', stored: false },
    { kind: 'reset', stored: true },
    { kind: 'cut' },
    { kind: 'cut', chunked: true },
    { kind: 'hang', stored: true },
    { kind: 'slow_body', ms: 40 },
    { kind: 'slow_body', ms: 1 },
    { kind: 'latency', ms: [0, 80] },
    { kind: 'answer', status: 200, body: 'OK', stored: true },
    { kind: 'answer', status: 204, stored: true },
    { kind: 'too_large', bytes: 800 },
    { kind: 'too_large', bytes: 3000 },
  ),
  fc
    .tuple(
      fc.oneof(
        fc.constantFrom(...JUDGING, 408, 429, 500, 503, 301, 403, 404, 407, 421, 423),
        fc.integer({ min: 300, max: 599 }),
      ),
      fc.boolean(),
    )
    .map(([status, stored]): Fault => ({ kind: 'answer', status, stored, body: '<b>no</b>' })),
)
const rule = fc.record({
  fault,
  probability: fc.constantFrom(0.1, 0.3, 1),
  requests: fc.integer({ min: 1, max: 4 }),
})

let runs = 100

it('never counts as delivered what Heap does not have, and accounts for every entity', async () => {
  await fc.assert(
    fc.asyncProperty(
      target,
      scenario,
      fc.array(rule, { maxLength: 4 }),
      fc.integer(),
      async (kind, { count, size, guilty }, rules, seed) => {
        // Of its own: a request that timed out in the run before may still be on its way.
        runs += 1
        const where = { ...kind, environmentId: String(runs) }
        const poison: FaultRule = { fault: { kind: 'poison_keys', keys: guilty.map(keyOf) } }
        heap.setFaults({ seed, rules: [...rules, poison] })
        const write = createEntityWriter(where, ['n'])
        const lines = run(0, count).map((index) => write(keyOf(index), [index]))
        const delivery = await deliverEntities({
          client: hasty,
          target: where,
          lines: joinLines(lines),
          batchSize: createBatchSize(size),
        })
        const others = [...delivery.rejected.map(({ index }) => index), ...delivery.pending]
        const undelivered = new Set(others)
        expect(undelivered.size).toBe(others.length)
        expect(delivery.delivered + others.length).toBe(count)
        expect(delivery.pending.length > 0).toBe(delivery.failure !== null)
        expect(delivery.parts.reduce((sum, size) => sum + size, 0)).toBe(delivery.pending.length)
        for (const { status } of delivery.rejected) expect(JUDGING).toContain(status)
        const stored = storedIndices(where, count)
        expect(run(0, count).filter((index) => !undelivered.has(index) && !stored.has(index))).toEqual([])
      },
    ),
    { numRuns: 80 },
  )
})

/** Most turns that are due to a failure: each rule befalls four requests at most. */
const MOST_FAILURES = 16

it('comes to the same end in turns: all is delivered, or rejected by a word about rows', async () => {
  await fc.assert(
    fc.asyncProperty(
      target,
      scenario,
      fc.array(rule, { maxLength: 4 }),
      fc.integer(),
      fc.constantFrom({}, { hiccupMs: 1 }),
      async (kind, { count, size, guilty }, rules, seed, hiccup) => {
        runs += 1
        const where = { ...kind, environmentId: String(runs) }
        const poison: FaultRule = { fault: { kind: 'poison_keys', keys: guilty.map(keyOf) } }
        heap.setFaults({ seed, rules: [...rules, poison] })
        const write = createEntityWriter(where, ['n'])
        const batchSize = createBatchSize(size)
        const rejected: number[] = []
        let progress = NO_PROGRESS
        let waiting = run(0, count)
        let turns = 0
        for (; waiting.length > 0; turns += 1) {
          expect(turns).toBeLessThanOrEqual(MOST_FAILURES)
          const now = waiting
          const { parts, firstSize } = progress
          const lines = now.map((index) => write(keyOf(index), [index]))
          const outcome = await deliverEntities({
            client: hasty,
            target: where,
            lines: joinLines(lines),
            batchSize,
            parts,
            firstSize,
            ...hiccup,
          })
          for (const { status } of outcome.rejected) expect(JUDGING).toContain(status)
          rejected.push(...outcome.rejected.map(({ index }) => now[index]!))
          waiting = outcome.pending.map((index) => now[index]!)
          progress = nextProgress(progress, outcome)
        }
        const isRejected = new Set(rejected)
        expect(isRejected.size).toBe(rejected.length)
        const stored = storedIndices(where, count)
        expect(run(0, count).filter((index) => !isRejected.has(index) && !stored.has(index))).toEqual([])
      },
    ),
    { numRuns: 60 },
  )
})
