import type { Delivery } from '../heap/deliver-entities.ts'
import type { Environment } from './environments.ts'

/** Batches that another process went on with leave their troubles here; those of the others are found anew. */
const MAX_TROUBLES = 5_000

/**
 * Tells the environment what a delivery says about Heap: is it well (the circuit breaker), and with how many
 * entities had the batch better begin next time?
 *
 * @param key of the batch
 */
export function learnFrom(
  delivery: Delivery,
  { breaker, troubles }: Environment,
  key: string,
  { lines, isStopping, maxRetryAfterMs }: { lines: number; isStopping: boolean; maxRetryAfterMs: number },
): void {
  const now = Date.now()
  const { failure, suspects, delivered, pending, requests } = delivery
  const before = troubles.get(key)
  // One row is left of a batch that Heap took for the rest: the failure says nothing about Heap.
  const isGuiltyRow = lines === 1 && suspects !== null && before?.isPartlyTaken === true

  if (isStopping || requests === 0) {
    breaker.onAbandoned(now)
  } else {
    if (failure === null || delivered > 0) breaker.onSuccess()
    if (failure && isGuiltyRow) breaker.onAbandoned(now)
    else if (failure) breaker.onFailure(now, Math.min(failure.retryAfterMs ?? 0, maxRetryAfterMs))
  }

  if (pending.length === 0) troubles.delete(key)
  else if (suspects !== null) {
    if (troubles.size >= MAX_TROUBLES) troubles.clear()
    troubles.set(key, {
      firstSize: Math.max(1, Math.floor(suspects / 2)),
      isPartlyTaken: delivered > 0 || before?.isPartlyTaken === true,
    })
  }
}
