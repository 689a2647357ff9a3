import type { Intake, IntakeRepository } from '../../database/repositories/intake-repository.ts'
import type { RejectedRow } from '../../database/repositories/rejected-rows.ts'
import type { Batch } from '../batches/batch-builder.ts'
import type { PackedBatch } from '../batches/batch-payload.ts'
import { packLines } from '../batches/batch-payload.ts'

/**
 * Batches that may wait for the database; then Looker's download waits. Packed they are a megabyte or so, at most
 * some 20 MB, and more in one transaction is hardly faster.
 */
const MAX_WAITING_BATCHES = 16

/** Batches gather for so long while rows come fast: a transaction of sixteen costs hardly more than one of four. */
const GATHER_MILLISECONDS = 50

/** Decided rows that may wait for the next transaction. */
const MAX_WAITING_ROWS = 5_000

export type IntakeWriter = ReturnType<typeof createIntakeWriter>

/**
 * Writes what has been read to the database, one transaction at a time, each with all that has gathered
 * meanwhile: reading goes on while the database works, and a slow database slows Looker down.
 *
 * @param onStored called after every transaction that stored batches, with these
 */
export function createIntakeWriter(
  intakes: Pick<IntakeRepository, 'store'>,
  importId: number,
  onStored: (batches: readonly PackedBatch[]) => void,
) {
  let batches: Batch[] = []
  let rejected: RejectedRow[] = []
  let skipped = 0
  let checked = 0
  let writing: Promise<void> | undefined
  /** What a write in the background failed for: its rows are gone from here, so nothing may follow it. */
  let failed: { error: unknown } | undefined
  let stored = 0
  let begunAt = Number.NEGATIVE_INFINITY

  function isEmpty(): boolean {
    return batches.length === 0 && rejected.length === 0 && skipped === 0 && checked === 0
  }

  async function writeAll(): Promise<void> {
    while (!isEmpty()) {
      const packed = batches.map(pack)
      const intake: Intake = { batches: packed, rejected, skipped, checked }
      batches = []
      rejected = []
      skipped = 0
      checked = 0
      stored += 1
      begunAt = performance.now()
      await intakes.store(importId, stored, intake)
      if (packed.length > 0) onStored(packed)
    }
  }

  async function startWriting(): Promise<void> {
    if (failed) throw failed.error
    writing ??= writeAll()
      .catch((error: unknown) => {
        failed = { error }
        throw error
      })
      .finally(() => {
        writing = undefined
      })
    return writing
  }

  return {
    addBatch: (batch: Batch): void => void batches.push(batch),
    addRejected: (row: RejectedRow): void => void rejected.push(row),
    addSkipped: () => {
      skipped += 1
    },
    addChecked: (rows: number) => {
      checked += rows
    },

    /** Lets the writing go on in the background; waits while too much is gathered. */
    async advance(): Promise<void> {
      const waitingRows = rejected.length + skipped + checked
      const isFull = batches.length >= MAX_WAITING_BATCHES || waitingRows > MAX_WAITING_ROWS
      const mayGather = batches.length === 0 || performance.now() - begunAt < GATHER_MILLISECONDS
      if (!isFull && mayGather) return
      const write = startWriting()
      // Its error is thrown by the next call that waits.
      write.catch(() => undefined)
      if (isFull) await write
    },

    /** Waits until all is in the database. */
    async flush(): Promise<void> {
      while (writing || failed || !isEmpty()) await startWriting()
    },
  }
}

function pack(batch: Batch): PackedBatch {
  return { ...batch, payload: packLines(batch) }
}
