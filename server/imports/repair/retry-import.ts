import type { ImportRepository } from '../../database/repositories/import-repository.ts'
import type { KeptGroup } from '../../database/repositories/repair/kept-lines.ts'
import type { KeyRepository } from '../../database/repositories/repair/key-repository.ts'
import { RETRY_INTERRUPTED } from '../../database/repositories/repair/repair-texts.ts'
import type { RetryRepository } from '../../database/repositories/repair/retry-repository.ts'
import { createBatchBuilder } from '../batches/batch-builder.ts'
import { unpackLines } from '../batches/batch-payload.ts'
import { packBatch } from '../batches/pick-rows.ts'
import { fromRowRanges } from '../batches/row-ranges.ts'
import { DeliveryError } from '../delivery-error.ts'
import type { ImportEvents } from '../import-events.ts'
import { heapTarget } from '../sync-target.ts'
import type { CancelSignals } from './cancel-signals.ts'
import { leaveOutCarried } from './carried-rows.ts'
import { whyNot } from './why-not.ts'

/** Groups of kept lines that are taken over in one transaction: a megabyte or two. */
const GROUPS_AT_ONCE = 16

/** A delivery may come in between, so that more keys have to be left out. */
const TRIES = 5

/** As often as the reader of a delivery. */
const TOUCH_MILLISECONDS = 5_000

export type Retrier = {
  imports: ImportRepository
  retries: RetryRepository
  keys: KeyRepository
  events: ImportEvents
  cancels: CancelSignals
  batchSize: number
  onError: (error: unknown) => void
}

/** `done` resolves when all rows are taken over, the server stops, or the retry is cancelled; it never rejects. */
export type RetryAnswer =
  | { kind: 'retried'; importId: number; done: Promise<void> }
  /** `why`: sentences that say what to do instead. */
  | { kind: 'nothing'; why: string }

/**
 * Tries again what Heap refused, what ran out of time and what was cancelled of an import, as a new import that says
 * so. Rows whose key a later import of the sync or its Look has brought are left out, and counted as superseded: what
 * Heap has, or is to have, is newer. They are known by what every import with an older one to be repaired writes down
 * at the end of its reading (`tellKeys`); where that is missing nothing is retried.
 *
 * @param stopping aborted when the server stops
 */
export async function retryImport(
  importId: number,
  retrier: Retrier,
  stopping: AbortSignal,
): Promise<RetryAnswer> {
  const { retries, keys } = retrier
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await retries.retriable(importId)
    const later = await keys.later(importId)
    const reason = whyNot(before, later)
    if (reason !== null || !before) return { kind: 'nothing', why: reason ?? 'There is no such import.' }
    const told = later.filter((entry) => entry.keys === 'stored')
    await leaveOutCarried(keys, importId, heapTarget(before.settings), told)
    const retryId = await retries.open(
      importId,
      later.map(({ id }) => id),
    )
    if (retryId !== null) {
      const done = retrier.cancels
        .during(retryId, stopping, (signal) => takeOverAll(importId, retryId, retrier, signal))
        .catch(retrier.onError)
      return { kind: 'retried', importId: retryId, done }
    }
  }
  return { kind: 'nothing', why: 'Deliveries of this sync come in all the time. Try again in a minute.' }
}

async function takeOverAll(
  importId: number,
  retryId: number,
  { imports, retries, keys, events, batchSize, onError }: Retrier,
  signal: AbortSignal,
): Promise<void> {
  const touching = setInterval(() => void imports.touchReader(retryId).catch(onError), TOUCH_MILLISECONDS)
  try {
    let batchNumber = 0
    for (let number = 1; !signal.aborted; ) {
      const groups = await keys.keptGroups(importId, 0, GROUPS_AT_ONCE)
      if (groups.length === 0) break
      const batches = rebatch(groups, batchSize).map((batch, index) => ({
        ...packBatch(batch),
        number: batchNumber + index + 1,
      }))
      const intake = { batches, rejected: [], skipped: 0, checked: 0, unchanged: 0 }
      if (!(await retries.takeOver({ retryId, importId, number }, groups, intake))) continue
      number += 1
      batchNumber += batches.length
      events.emit('stored', batches[0]?.number ?? 1)
    }
    const finished = await imports.finishReading(retryId, signal.aborted ? tellWhy(signal) : null, [])
    if (finished.length > 0) events.emit('decided', finished)
  } finally {
    clearInterval(touching)
    events.emit('read')
  }
}

function tellWhy({ reason }: AbortSignal): string {
  return reason instanceof DeliveryError ? reason.message : RETRY_INTERRUPTED
}

/** Few rows of many batches become few batches. */
function rebatch(groups: readonly KeptGroup[], batchSize: number) {
  const builder = createBatchBuilder(batchSize)
  const batches = []
  for (const { payload, entities, rowRanges } of groups) {
    const rowNumbers = fromRowRanges(rowRanges)
    for (const [index, line] of unpackLines(payload, entities).texts().entries()) {
      const full = builder.add(line, rowNumbers[index] ?? 0)
      if (full) batches.push(full)
    }
  }
  const rest = builder.cut()
  return rest ? [...batches, rest] : batches
}
