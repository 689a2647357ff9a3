import type { RejectionReason } from '../../shared/import-counts.ts'
import { countOf } from '../../shared/text-list.ts'
import type { BatchOutcome, ClaimedBatch } from '../database/batch-repository.ts'
import type { RejectedRow } from '../database/rejected-rows.ts'
import { deliverEntities } from '../heap/deliver-entities.ts'
import { readEntityKey } from '../heap/entity-line.ts'
import type { HeapClient } from '../heap/heap-client.ts'
import type { HeapTiming } from '../heap/heap-timing.ts'
import { retryDelayMs } from '../heap/retry-timing.ts'
import { packLines, unpackLines } from './batch-payload.ts'
import type { Environments } from './environments.ts'
import { learnFrom } from './learn-from.ts'
import { fromRowRanges, toRowRanges } from './row-ranges.ts'
import { heapTarget } from './sync-target.ts'

export type SentBatch = {
  outcome: BatchOutcome
  /** Set when Heap refused every single one of many rows: trying the rest of the import is of no use. */
  everyRowRefused: string | null
}

export type Sender = {
  client: HeapClient
  environments: Environments
  timing: HeapTiming
  /** Aborted when the server stops. */
  signal: AbortSignal
}

/**
 * Sends a claimed batch to Heap and says what became of each of its rows. Rows are delivered only by a 2xx
 * of Heap; what met a passing failure is pending and comes again, until it is 24 hours old.
 */
export async function sendBatch(batch: ClaimedBatch, sender: Sender): Promise<SentBatch> {
  const { timing, signal } = sender
  const nothing = { batch, delivered: 0, rejected: [], pending: null }
  const lines = await unpackLines(batch.payload)
  const rowNumbers = fromRowRanges(batch.rowRanges)
  const target = heapTarget(batch.settings)

  function reject(index: number, reason: RejectionReason, text: string | null): RejectedRow {
    const line = lines[index] ?? ''
    return { rowNumber: rowNumbers[index] ?? 0, joinKey: readEntityKey(target, line), reason, text }
  }
  function rejectAll(reason: RejectionReason, text: string): SentBatch {
    const rejected = lines.map((_, index) => reject(index, reason, text))
    return { outcome: { ...nothing, rejected }, everyRowRefused: null }
  }

  if (batch.refusedText !== null) {
    return rejectAll('heap_refused', `not sent, as Heap refused every row before: ${batch.refusedText}`)
  }
  const environment = sender.environments.of(target.environmentId)
  const { breaker } = environment
  const isTooOld = Date.now() - batch.storedAt.getTime() > timing.giveUpMs
  if (isTooOld && environment.isGivingUp) return rejectAll('heap_unreachable', 'Heap is still away')
  if (!breaker.canSend(Date.now())) {
    environment.isGivingUp = false
    // While a probe is out nobody knows yet; while the circuit is open no batch of this environment is taken.
    const retryAt = new Date(Math.min(breaker.retryAt(Date.now()), Date.now() + timing.lookAgainMs))
    const pending = { ...batch, error: 'waiting until Heap is well again', retryAt }
    return { outcome: { ...nothing, pending }, everyRowRefused: null }
  }

  const key = `${batch.job.importId}/${batch.job.number}`
  const trouble = environment.troubles.get(key)
  const delivery = await deliverEntities({
    client: sender.client,
    target,
    lines,
    batchSize: environment.batchSize,
    turnMs: timing.turnMs,
    signal,
    ...(trouble ? { firstSize: trouble.firstSize } : {}),
  })
  const { maxRetryAfterMs } = timing.retry
  learnFrom(delivery, environment, key, { lines: lines.length, isStopping: signal.aborted, maxRetryAfterMs })

  const rejected = delivery.rejected.map(({ index, reason, text }) => reject(index, reason, text))
  const everyRowRefused = delivery.everyRowRefused ? (delivery.rejected[0]?.text ?? '') : null
  const outcome = { ...nothing, delivered: delivery.delivered, rejected }
  const { failure, pending } = delivery
  if (pending.length === 0) return { outcome, everyRowRefused }

  if (isTooOld && failure && !signal.aborted) {
    environment.isGivingUp = breaker.state() !== 'closed'
    environment.troubles.delete(key)
    const late = pending.map((index) => reject(index, 'heap_unreachable', failure.error))
    return { outcome: { ...outcome, rejected: [...rejected, ...late] }, everyRowRefused }
  }
  // What came to pass but for a few rows is tried again soon: then it hardly is Heap that is sick.
  const failures = delivery.delivered > 0 ? 1 : batch.attempt
  const delay =
    failure && !signal.aborted ? retryDelayMs(failures, failure.retryAfterMs, Math.random, timing.retry) : 0
  const error = failure?.error ?? 'others had their turn'
  return {
    outcome: {
      ...outcome,
      pending: {
        entities: pending.length,
        rowRanges: toRowRanges(pending.map((index) => rowNumbers[index] ?? 0)),
        payload: await packLines(pending.map((index) => lines[index] ?? '')),
        error: `${error}; ${countOf(pending.length, 'row')} waiting`,
        retryAt: new Date(Date.now() + delay),
      },
    },
    everyRowRefused,
  }
}
