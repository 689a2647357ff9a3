import type { Fault, FaultPlan, FaultRule } from '../heap/heap-faults.ts'
import type { Sync } from './syncs.ts'
import { fateOfRow, keyOf, SYNCS } from './syncs.ts'

const FAULTS: readonly Fault[] = [
  { kind: 'answer', status: 500 },
  { kind: 'answer', status: 502, body: '<html>Bad Gateway', stored: true },
  { kind: 'answer', status: 503, retryAfter: { seconds: 2, as: 'date' } },
  { kind: 'answer', status: 429, retryAfter: { seconds: 1, as: 'seconds' } },
  { kind: 'answer', status: 429, retryAfter: { seconds: 86_400, as: 'seconds' } },
  { kind: 'answer', status: 408 },
  { kind: 'answer', status: 204, stored: true },
  { kind: 'answer', status: 200, body: '<html>garbage', stored: true },
  { kind: 'reset', stored: false },
  { kind: 'reset', stored: true },
  { kind: 'cut' },
  { kind: 'cut', chunked: true },
  { kind: 'slow_body', ms: 100 },
  { kind: 'too_large', bytes: 20_000 },
]

/** What Heap does to the requests of the next few seconds. */
export function randomTroubles(random: () => number): FaultPlan {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const rules: FaultRule[] = [{ fault: { kind: 'latency', ms: [0, 120] } }]
  const weather = random()
  if (weather < 0.1) {
    // An outage, of one environment or all.
    const environment = random() < 0.5 ? { environmentId: pick(SYNCS).environmentId } : {}
    rules.push({ fault: { kind: 'answer', status: 503 }, ...environment })
  } else if (weather < 0.8) {
    for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
      rules.push({ fault: pick(FAULTS), probability: pick([0.03, 0.1, 0.3]) })
    }
    if (random() < 0.3) rules.push({ fault: { kind: 'hang', stored: random() < 0.5 }, requests: 2 })
    if (random() < 0.5) rules.push(poison(pick(SYNCS), random))
  }
  return { seed: Math.floor(random() * 2 ** 31), rules }
}

/** A few rows that Heap refuses, or fails at. */
function poison(sync: Sync, random: () => number): FaultRule {
  const keys: string[] = []
  while (keys.length < 4) {
    const row = 1 + Math.floor(random() * sync.most)
    if (fateOfRow(row) === 'entity') keys.push(keyOf(sync, row))
  }
  return { fault: { kind: 'poison_keys', keys, status: random() < 0.5 ? 400 : 500 } }
}
