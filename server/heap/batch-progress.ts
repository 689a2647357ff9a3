import { isRecord } from '../../shared/is-record.ts'
import type { SendOutcome } from './deliver-entities.ts'

/**
 * What is known of a batch that Heap has not decided yet. It is kept with the batch, so that whichever process
 * goes on with it goes on where it was.
 */
export type BatchProgress = {
  /**
   * Sizes of the ranges into which refusals have split the pending lines, in their order; what is beyond
   * them is one more range.
   */
  parts: number[]
  /** Most lines of the next request, as more have failed before; null: no such limit. */
  firstSize: number | null
  /** How often Heap has failed since it last took rows or judged them. */
  failures: number
  /** Heap has taken others of the batch: what it fails at may be a row. */
  isPartlyTaken: boolean
  /** Rows that Heap has refused so far. */
  refused: number
}

export const NO_PROGRESS: BatchProgress = {
  parts: [],
  firstSize: null,
  failures: 0,
  isPartlyTaken: false,
  refused: 0,
}

/** Reads what is kept with a batch; what has another shape (of another release) is begun anew. */
export function readProgress(stored: unknown): BatchProgress {
  if (!isRecord(stored)) return NO_PROGRESS
  const { parts, firstSize, failures, isPartlyTaken, refused } = stored
  return {
    parts: Array.isArray(parts) && parts.every(isCount) ? parts : [],
    firstSize: isCount(firstSize) ? Math.max(1, firstSize) : null,
    failures: isCount(failures) ? failures : 0,
    isPartlyTaken: isPartlyTaken === true,
    refused: isCount(refused) ? refused : 0,
  }
}

/** What is known of the batch after one more turn. A request that was broken off by us tells nothing. */
export function nextProgress(before: BatchProgress, outcome: SendOutcome): BatchProgress {
  const { delivered, answered, failure, parts, nextSize, rejected } = outcome
  const failed = failure !== null && failure.cause !== 'aborted' ? 1 : 0
  return {
    parts,
    firstSize: nextSize,
    failures: (answered > 0 ? 0 : before.failures) + failed,
    isPartlyTaken: before.isPartlyTaken || delivered > 0,
    refused: before.refused + rejected.filter(({ reason }) => reason === 'heap_refused').length,
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}
