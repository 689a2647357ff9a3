import { MAX_ENTITIES_PER_REQUEST } from '../../../shared/heap-limits.ts'

/**
 * Time-outs and server errors shrink batches to this and not further: below it they have another cause than
 * the size, and small requests would only add to Heap's load.
 */
export const SMALLEST_AFTER_FAILURE = 50

/** So many good requests of about the current size in a row before the next ones grow. */
const SUCCESSES_TO_GROW = 10

const GROWTH = 1.25

export type BatchSize = ReturnType<typeof createBatchSize>

/**
 * How many entities go into one request of an environment. Heap documents 1,000 at most; its own Looker
 * action went down to 100 without saying why, so the size is found by trying: it halves when a request is
 * too large or fails, and grows back while all is well.
 *
 * @param start HEAP_BATCH_SIZE: the size to begin with, and the most it grows back to
 */
export function createBatchSize(start: number) {
  const most = Math.max(1, Math.min(start, MAX_ENTITIES_PER_REQUEST))
  let current = most
  let successes = 0

  /** Half of the request that failed, not of `current`: requests that fail side by side halve it once. */
  function shrink(size: number, floor: number): void {
    successes = 0
    current = Math.min(current, Math.max(floor, Math.floor(size / 2)))
  }

  return {
    /** Entities for the next request, from 1. */
    current: () => current,
    /** Heap took a request of `size` entities. */
    onSuccess(size: number): void {
      // The small rest at the end of an import says nothing about full requests.
      if (current === most || size * 2 <= current) return
      successes += 1
      if (successes < SUCCESSES_TO_GROW) return
      successes = 0
      current = Math.min(most, Math.ceil(current * GROWTH))
    },
    /** 413. A single entity that is too large says nothing about the others. */
    onTooLarge(size: number): void {
      if (size > 1) shrink(size, 1)
    },
    /** A time-out, a broken connection or a server error, which a smaller request may not meet. */
    onFailure(size: number): void {
      if (size > SMALLEST_AFTER_FAILURE && size * 2 > current) shrink(size, SMALLEST_AFTER_FAILURE)
    },
  }
}
