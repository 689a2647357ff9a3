import { failureVerdict } from '../../heap/answers/heap-answer.ts'
import type { BatchProgress } from '../../heap/batch-progress.ts'
import type { SendOutcome } from '../../heap/deliver-entities.ts'
import type { CircuitBreaker } from '../../heap/pace/circuit-breaker.ts'

/**
 * Tells the circuit breaker of the environment what a turn of a batch says about Heap.
 *
 * @param before what was known of the batch before the turn
 * @param isTooOld its rows have waited so long that they may be given up
 */
export function learnFrom(
  { failure, suspects, requests, answered }: SendOutcome,
  breaker: CircuitBreaker,
  before: BatchProgress,
  { isTooOld, maxRetryAfterMs }: { isTooOld: boolean; maxRetryAfterMs: number },
): void {
  const now = Date.now()
  if (answered > 0) breaker.onSuccess()
  // Heap took others of the batch, and fails at this very row: that says nothing about Heap.
  const isGuiltyRow = suspects === 1 && before.isPartlyTaken
  if (requests === 0 || failure?.cause === 'aborted' || (failure && isGuiltyRow)) {
    breaker.onAbandoned(now)
  } else if (failure) {
    breaker.onFailure(now, {
      retryAfterMs: Math.min(failure.retryAfterMs ?? 0, maxRetryAfterMs),
      isCertain: failureVerdict(failure).circuit === 'opens',
      isTooOld,
    })
  }
}
