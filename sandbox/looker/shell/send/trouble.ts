import type { FaultPlan } from '../../../heap/heap-faults.ts'
import type { ResultFault } from '../../delivering/result-fault.ts'

type Trouble<T> = { name: string; label: string; plan: T }

/** What can go wrong with a download, for a person to try. */
export const LOOKER_FAULTS: readonly Trouble<ResultFault | undefined>[] = [
  { name: '', label: 'works', plan: undefined },
  { name: 'truncated', label: 'ends early', plan: { kind: 'truncated', afterRows: 100 } },
  { name: 'reset', label: 'is cut off', plan: { kind: 'reset', afterRows: 100 } },
  { name: 'html', label: 'is a log-in page', plan: { kind: 'html' } },
  { name: 'status', label: 'fails with status 500', plan: { kind: 'status', status: 500 } },
]

/** How Heap behaves, from the next Send on. */
export const HEAP_MOODS: readonly Trouble<FaultPlan>[] = [
  { name: '', label: 'works', plan: { rules: [] } },
  {
    name: 'slow',
    label: 'takes 500 ms for a request',
    plan: { rules: [{ fault: { kind: 'latency', ms: 500 } }] },
  },
  {
    name: 'busy',
    label: 'answers every third request with 429',
    plan: {
      rules: [
        {
          probability: 1 / 3,
          fault: { kind: 'answer', status: 429, retryAfter: { seconds: 1, as: 'seconds' } },
        },
      ],
    },
  },
  {
    name: 'unreliable',
    label: 'breaks every fourth connection',
    plan: { rules: [{ probability: 1 / 4, fault: { kind: 'reset', stored: true } }] },
  },
  {
    name: 'picky',
    label: 'refuses person-00007@example.com',
    plan: { rules: [{ fault: { kind: 'poison_keys', keys: ['person-00007@example.com'] } }] },
  },
  {
    name: 'small',
    label: 'takes requests up to 50 kB only',
    plan: { rules: [{ fault: { kind: 'too_large', bytes: 50_000 } }] },
  },
]

/** The plan of the chosen trouble; what is unknown is no trouble. */
export function planOf<T>(troubles: readonly Trouble<T>[], name: string | undefined): T | undefined {
  return (troubles.find((trouble) => trouble.name === name) ?? troubles[0])?.plan
}
