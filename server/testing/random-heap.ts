import fc from 'fast-check'
import type { Fault, FaultPlan, FaultRule } from '../../sandbox/heap/heap-faults.ts'

const retryAfter = fc.oneof(
  fc.record({ seconds: fc.constantFrom(0, 1, 86_400), as: fc.constantFrom('seconds' as const, 'date') }),
  fc.record({ text: fc.constantFrom('soon', '', '-1', '1.5', '9'.repeat(30)) }),
)

/** By these Heap says something of the rows; whatever else it says is no reason to reject one. */
export const JUDGING_STATUSES = [400, 413, 422]

/** In every body that comes with another status: no row may be rejected with it. */
export const NO_VERDICT = 'not for its rows'

const verdict: fc.Arbitrary<Fault> = fc.record(
  {
    kind: fc.constant('answer' as const),
    status: fc.constantFrom(...JUDGING_STATUSES),
    stored: fc.boolean(),
    body: fc.constantFrom('', '{}', 'no', '{"error":"k1 is not acceptable"}'),
    retryAfter,
  },
  { requiredKeys: ['kind', 'status'] },
)

const noVerdict: fc.Arbitrary<Fault> = fc.record(
  {
    kind: fc.constant('answer' as const),
    status: fc.oneof(
      fc.constantFrom(408, 425, 429, 500, 502, 503, 504, 599),
      fc.constantFrom(301, 302, 307, 401, 403, 404, 407, 421, 423, 451),
      fc.integer({ min: 300, max: 599 }).filter((status) => !JUDGING_STATUSES.includes(status)),
    ),
    stored: fc.boolean(),
    body: fc.constantFrom(NO_VERDICT, `<html><b>${NO_VERDICT}</b>`, `{"error":"${NO_VERDICT}"}`),
    retryAfter,
  },
  { requiredKeys: ['kind', 'status', 'body'] },
)

const accepting: fc.Arbitrary<Fault> = fc.record({
  kind: fc.constant('answer' as const),
  status: fc.constantFrom(200, 201, 202, 299),
  body: fc.constantFrom('', 'OK', '{}', '{"error":'),
  stored: fc.constant(true),
})

const broken: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('reset' as const), stored: fc.boolean() }),
  fc.record({ kind: fc.constant('cut' as const), chunked: fc.boolean() }),
  fc.record({ kind: fc.constant('slow_body' as const), ms: fc.constantFrom(1, 60) }),
  fc.record({ kind: fc.constant('latency' as const), ms: fc.constantFrom(5, 40, 150) }),
)

/** Costs a whole time-out. */
const hang: fc.Arbitrary<Fault> = fc.record({ kind: fc.constant('hang' as const), stored: fc.boolean() })

const passing: fc.Arbitrary<FaultRule> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      fault: fc.oneof(verdict, noVerdict, accepting, broken),
      probability: fc.constantFrom(0.2, 0.5, 1),
      requests: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ fault: hang, requests: fc.integer({ min: 1, max: 2 }) }) },
)

/** Join keys out of the given ones: refused for good, or Heap fails at them for a while. */
function poison(keys: readonly string[]): fc.Arbitrary<FaultRule> {
  const some = fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1, maxLength: 6 })
  return fc.oneof(
    some.map((guilty): FaultRule => ({ fault: { kind: 'poison_keys', keys: guilty } })),
    fc.tuple(some, fc.integer({ min: 5, max: 15 }), fc.constantFrom(500, 403)).map(
      ([guilty, requests, status]): FaultRule => ({
        fault: { kind: 'poison_keys', keys: guilty, status },
        requests,
      }),
    ),
  )
}

const tooLarge: fc.Arbitrary<FaultRule> = fc.record({
  fault: fc.record({ kind: fc.constant('too_large' as const), bytes: fc.constantFrom(600, 2_500, 9_000) }),
})

/** Heap as it may be at its worst; what it does for ever is to refuse, so that every import ends. */
export function randomHeap(keys: readonly string[]): fc.Arbitrary<FaultPlan> {
  return fc.record({
    seed: fc.integer(),
    rules: fc
      .tuple(
        fc.array(passing, { maxLength: 6 }),
        fc.array(poison(keys), { maxLength: 2 }),
        fc.array(tooLarge, { maxLength: 1 }),
      )
      .map((rules) => rules.flat()),
  })
}
