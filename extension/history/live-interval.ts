import type { Query } from '@tanstack/react-query'

/** Milliseconds from look to look, the longer the less has changed lately; one entry for each so many of unchanged time. */
const STEPS: readonly { unchangedFor: number; every: number }[] = [
  { unchangedFor: 5_000, every: 1_000 },
  { unchangedFor: 20_000, every: 2_000 },
  { unchangedFor: 60_000, every: 5_000 },
]
const SLOWEST = 15_000

/**
 * How long to wait until something that changes is looked at again. The query cache itself rests while the tab is hidden.
 *
 * @param unchangedFor milliseconds since an answer last differed from the one before
 */
export function liveInterval(unchangedFor: number): number {
  return STEPS.find((step) => unchangedFor < step.unchangedFor)?.every ?? SLOWEST
}

const lastChanges = new WeakMap<object, { data: unknown; at: number }>()

/** Milliseconds since the data of a query last changed, to be asked whenever it may have. */
export function unchangedFor(query: Pick<Query, 'state'> & object, now = Date.now()): number {
  const { data } = query.state
  const known = lastChanges.get(query)
  // The cache keeps the very object where an answer equals the last.
  if (!known || known.data !== data) {
    lastChanges.set(query, { data, at: now })
    return 0
  }
  return now - known.at
}
