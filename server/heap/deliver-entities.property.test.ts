import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fault, FaultRule } from '../../sandbox/heap/heap-faults.ts'
import { createHeapStandIn } from '../../sandbox/heap/heap-stand-in.ts'
import { createBatchSize } from './batch-size.ts'
import { deliverEntities } from './deliver-entities.ts'
import { createEntityWriter } from './entity-line.ts'
import type { HeapClient } from './heap-client.ts'
import { createHeapClient } from './heap-client.ts'
import type { HeapTarget } from './heap-target.ts'

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
        lines,
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
    { kind: 'answer', status: 200, body: '<html>', stored: true },
    { kind: 'answer', status: 204, stored: true },
    { kind: 'too_large', bytes: 800 },
    { kind: 'too_large', bytes: 3000 },
  ),
  fc
    .tuple(fc.constantFrom(301, 400, 403, 404, 408, 413, 418, 422, 429, 500, 502, 503), fc.boolean())
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
          lines,
          batchSize: createBatchSize(size),
        })
        const others = [...delivery.rejected.map(({ index }) => index), ...delivery.pending]
        const undelivered = new Set(others)
        expect(undelivered.size).toBe(others.length)
        expect(delivery.delivered + others.length).toBe(count)
        expect(delivery.pending.length > 0).toBe(delivery.failure !== null)
        const stored = storedIndices(where, count)
        expect(run(0, count).filter((index) => !undelivered.has(index) && !stored.has(index))).toEqual([])
      },
    ),
    { numRuns: 80 },
  )
})
