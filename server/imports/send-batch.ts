import type { RejectionReason } from '../../shared/import-counts.ts'
import { countOf } from '../../shared/text-list.ts'
import type { BatchOutcome, ClaimedBatch } from '../database/batch-repository.ts'
import type { RejectedRow } from '../database/rejected-rows.ts'
import { deliverEntities } from '../heap/deliver-entities.ts'
import { readEntityKey } from '../heap/entity-line.ts'
import type { HeapClient } from '../heap/heap-client.ts'
import { retryDelayMs } from '../heap/retry-timing.ts'
import { packLines, unpackLines } from './batch-payload.ts'
import type { Environments } from './environments.ts'
import { fromRowRanges, toRowRanges } from './row-ranges.ts'
import { heapTarget } from './sync-target.ts'

/** How long we go on trying to deliver a batch. */
export const GIVE_UP_AFTER_MILLISECONDS = 24 * 3_600_000

/** How long a batch waits that came while another one probes a sick Heap. */
const LOOK_AGAIN_MILLISECONDS = 2_000

export type SentBatch = {
  outcome: BatchOutcome
  /** Set when Heap refused every single one of many rows: trying the rest of the import is of no use. */
  everyRowRefused: string | null
}

type Sender = { client: HeapClient; environments: Environments; signal: AbortSignal }

/**
 * Sends a claimed batch to Heap and says what became of each of its rows. Rows are delivered only by a 2xx
 * of Heap; what met a passing failure is pending and comes again, until it is 24 hours old.
 */
export async function sendBatch(batch: ClaimedBatch, sender: Sender): Promise<SentBatch> {
  const nothing = { batch, delivered: 0, superseded: 0, rejected: [], pending: null }
  if (batch.superseded) {
    return { outcome: { ...nothing, superseded: batch.entities }, everyRowRefused: null }
  }
  const lines = await unpackLines(batch.payload)
  const rowNumbers = fromRowRanges(batch.rowRanges)
  const target = heapTarget(batch.settings)

  function reject(index: number, reason: RejectionReason, text: string | null): RejectedRow {
    const line = lines[index] ?? ''
    return { rowNumber: rowNumbers[index] ?? 0, joinKey: readEntityKey(target, line), reason, text }
  }

  if (batch.refusedText !== null) {
    const text = `not sent, as Heap refused every row before: ${batch.refusedText}`
    const rejected = lines.map((_, index) => reject(index, 'heap_refused', text))
    return { outcome: { ...nothing, rejected }, everyRowRefused: null }
  }

  const { batchSize, breaker } = sender.environments.of(target.environmentId)
  if (!breaker.canSend(Date.now())) {
    // While a probe is out nobody knows yet; while the circuit is open no batch of this environment is taken.
    const retryAt = new Date(Math.min(breaker.retryAt(Date.now()), Date.now() + LOOK_AGAIN_MILLISECONDS))
    const pending = { ...batch, error: 'waiting until Heap is well again', retryAt }
    return { outcome: { ...nothing, pending }, everyRowRefused: null }
  }

  const delivery = await deliverEntities({
    client: sender.client,
    target,
    lines,
    batchSize,
    signal: sender.signal,
  })
  const rejected = delivery.rejected.map(({ index, reason, text }) => reject(index, reason, text))
  if (sender.signal.aborted) breaker.onAbandoned(Date.now())
  else if (delivery.failure) breaker.onFailure(Date.now(), delivery.failure.retryAfterMs)
  else breaker.onSuccess()

  const everyRowRefused = delivery.everyRowRefused ? (delivery.rejected[0]?.text ?? '') : null
  const outcome = { ...nothing, delivered: delivery.delivered, rejected }
  const { failure, pending } = delivery
  if (pending.length === 0) return { outcome, everyRowRefused }

  const error = failure?.error ?? 'the server was stopped'
  if (Date.now() - batch.storedAt.getTime() > GIVE_UP_AFTER_MILLISECONDS) {
    const late = pending.map((index) => reject(index, 'heap_unreachable', error))
    return { outcome: { ...outcome, rejected: [...rejected, ...late] }, everyRowRefused }
  }
  const delay = sender.signal.aborted ? 0 : retryDelayMs(batch.attempt, failure?.retryAfterMs)
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
