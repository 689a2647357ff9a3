import type { RejectionReason } from '../../../shared/report/import-counts.ts'
import type { BatchOutcome, ClaimedBatch } from '../../database/repositories/batch-repository.ts'
import type { HeapWord } from '../../database/repositories/heap-denials.ts'
import type { RejectedRow } from '../../database/repositories/rejected-rows.ts'
import type { BatchProgress } from '../../heap/batch-progress.ts'
import { nextProgress, readProgress } from '../../heap/batch-progress.ts'
import type { SendOutcome } from '../../heap/deliver-entities.ts'
import { deliverEntities } from '../../heap/deliver-entities.ts'
import { readEntityKey } from '../../heap/entity-line.ts'
import { entityLines, joinLines } from '../../heap/entity-lines.ts'
import type { HeapClient, HeapExchange } from '../../heap/heap-client.ts'
import type { HeapTiming } from '../../heap/pace/heap-timing.ts'
import { retryDelayMs } from '../../heap/pace/retry-timing.ts'
import { packLines, unpackLines } from '../batches/batch-payload.ts'
import { fromRowRanges, toRowRanges } from '../batches/row-ranges.ts'
import { heapTarget, isTest } from '../sync-target.ts'
import type { Environments } from './environments.ts'
import { learnFrom } from './learn-from.ts'

type SentBatch = {
  outcome: BatchOutcome
  /** Set when Heap refused every single one of many rows: trying the rest of the import is of no use. */
  everyRowRefused: string | null
}

type Sender = {
  client: HeapClient
  environments: Environments
  timing: HeapTiming
  /** Aborted when the server stops, or may have lost the batch to another process. */
  signal: AbortSignal
  /** Keeps what a test sends and is answered; it never rejects. */
  keepTest: (importId: number, exchange: HeapExchange) => Promise<void>
}

/** So many rows that Heap judged, all of them refused: it hardly are the rows that are wrong. */
const ENOUGH_TO_JUDGE = 100

/** Rows that have waited too long are given up after so many failures in a row, or one probe in vain. */
const FAILURES_TO_GIVE_UP = 5

/**
 * Sends a claimed batch to Heap and says what became of each of its rows. Rows are delivered only by a 2xx
 * of Heap; what met a passing failure is pending and comes again, until it is 24 hours old.
 */
export async function sendBatch(batch: ClaimedBatch, sender: Sender): Promise<SentBatch> {
  const { timing, signal } = sender
  const nothing = { batch, delivered: 0, rejected: [], kept: null, pending: null, heapWord: null }
  const target = heapTarget(batch.settings)

  const { payload, entities } = batch
  const lines = batch.bytes ? entityLines(batch.bytes, entities, true) : unpackLines(payload, entities)
  let known: number[] | undefined
  function rowNumberOf(index: number): number {
    known ??= fromRowRanges(batch.rowRanges)
    return known[index] ?? 0
  }
  function reject(index: number, reason: RejectionReason, text: string | null): RejectedRow {
    return { rowNumber: rowNumberOf(index), joinKey: readEntityKey(target, lines.text(index)), reason, text }
  }
  function rejectAll(reason: RejectionReason, text: string | null): SentBatch {
    const rejected = lines.texts().map((_, index) => reject(index, reason, text))
    return { outcome: { ...nothing, rejected, kept: batch }, everyRowRefused: null }
  }
  function pick(indices: readonly number[]) {
    return {
      entities: indices.length,
      rowRanges: toRowRanges(indices.map(rowNumberOf)),
      payload: packLines(joinLines(indices.map(lines.text))),
    }
  }

  if (batch.isCancelled) return rejectAll('cancelled', null)
  if (batch.refusedText !== null) {
    return rejectAll('heap_refused', `not sent, as Heap refused every row before: ${batch.refusedText}`)
  }
  const { batchSize, breaker } = sender.environments.of(target.environmentId)
  const before = readProgress(batch.progress)
  const isTooOld = Date.now() - batch.storedAt.getTime() > timing.giveUpMs
  if (!breaker.canSend(Date.now())) {
    if (isTooOld && breaker.isGivingUp())
      return rejectAll('heap_unreachable', 'not tried again, as Heap takes no rows of this environment')
    breaker.onYoungRows()
    // While a probe is out nobody knows yet; while the circuit is open no batch of this environment is taken.
    const retryAt = new Date(Math.min(breaker.retryAt(Date.now()), Date.now() + timing.lookAgainMs))
    const pending = { ...batch, error: null, retryAt }
    return { outcome: { ...nothing, pending }, everyRowRefused: null }
  }
  const wasProbe = breaker.state() === 'probing'

  const first: { exchange?: HeapExchange } = {}
  const sent = await deliverEntities({
    client: sender.client,
    target,
    lines,
    batchSize,
    parts: before.parts,
    firstSize: before.firstSize,
    hiccupMs: timing.hiccupMs,
    turnMs: timing.turnMs,
    signal,
    observe: isTest(batch.settings) ? (exchange) => keepFirst(first, exchange) : undefined,
  })
  if (first.exchange) await sender.keepTest(batch.job.importId, first.exchange)
  learnFrom(sent, breaker, before, { isTooOld, maxRetryAfterMs: timing.retry.maxRetryAfterMs })
  const progress = nextProgress(before, sent)

  const { failure, pending } = sent
  const rejected = sent.rejected.map(({ index, reason, text }) => reject(index, reason, text))
  const refused = sent.rejected.flatMap(({ index, reason }) => (reason === 'heap_refused' ? [index] : []))
  const outcome = {
    ...nothing,
    delivered: sent.delivered,
    rejected,
    kept: refused.length > 0 ? pick(refused) : null,
    heapWord: heapWord(sent),
  }
  if (pending.length === 0) return { outcome, everyRowRefused: everyRowRefused(sent, progress) }

  const hasFailed = failure !== null && failure.cause !== 'aborted'
  if (
    isTooOld &&
    hasFailed &&
    ((wasProbe && sent.answered === 0) || progress.failures >= FAILURES_TO_GIVE_UP)
  ) {
    const late = pending.map((index) => reject(index, 'heap_unreachable', failure.error))
    const kept = pick([...refused, ...pending])
    return { outcome: { ...outcome, rejected: [...rejected, ...late], kept }, everyRowRefused: null }
  }
  const delay = hasFailed
    ? retryDelayMs(progress.failures, failure.retryAfterMs, Math.random, timing.retry)
    : 0
  return {
    outcome: {
      ...outcome,
      pending: {
        ...pick(pending),
        progress,
        error: hasFailed ? failure.error : null,
        retryAt: new Date(Date.now() + delay),
      },
    },
    everyRowRefused: null,
  }
}

/** All rows of a test are in the first request of a turn; further ones are parts of it. */
function keepFirst(first: { exchange?: HeapExchange }, exchange: HeapExchange): void {
  if (first.exchange === undefined || first.exchange.body === exchange.body) first.exchange = exchange
}

function heapWord({ answered, failure }: SendOutcome): HeapWord {
  if (failure?.cause !== 'denied') return { answered: answered > 0, denial: null }
  return { answered: answered > 0, denial: { status: failure.status ?? 0, text: failure.error } }
}

/** What Heap said, when it has refused the whole batch row by row. */
function everyRowRefused(
  { rejected }: SendOutcome,
  { refused, isPartlyTaken }: BatchProgress,
): string | null {
  if (isPartlyTaken || refused < ENOUGH_TO_JUDGE) return null
  return rejected.find(({ reason }) => reason === 'heap_refused')?.text ?? null
}
