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
  let unchanged = 0
  /** The transaction that is under way. It never rejects. */
  let writing: Promise<void> | undefined
  /** What a write in the background failed for: its rows are gone from here, so nothing may follow it. */
  let failed: { error: unknown } | undefined
  let stored = 0
  let begunAt = Number.NEGATIVE_INFINITY

  function isEmpty(): boolean {
    return batches.length === 0 && rejected.length === 0 && skipped + checked + unchanged === 0
  }

  function isFull(): boolean {
    return (
      batches.length >= MAX_WAITING_BATCHES ||
      rejected.length + skipped + checked + unchanged > MAX_WAITING_ROWS
    )
  }

  /** Writes what has gathered, unless a transaction is under way: then it comes after that. */
  function startWriting(): void {
    if (writing || failed || isEmpty()) return
    writing = writeGathered()
      .catch((error: unknown) => {
        failed = { error }
      })
      .then(() => {
        writing = undefined
        startWriting()
      })
  }

  async function writeGathered(): Promise<void> {
    const packed = batches.map(pack)
    const intake: Intake = { batches: packed, rejected, skipped, checked, unchanged }
    batches = []
    rejected = []
    skipped = 0
    checked = 0
    unchanged = 0
    stored += 1
    begunAt = performance.now()
    await intakes.store(importId, stored, intake)
    if (packed.length > 0) onStored(packed)
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
    addUnchanged: () => {
      unchanged += 1
    },

    /** Lets the writing go on in the background; waits while too much is gathered. */
    async advance(): Promise<void> {
      const isTime = batches.length > 0 && performance.now() - begunAt >= GATHER_MILLISECONDS
      if (isTime || isFull()) startWriting()
      while (isFull() && !failed) await writing
      if (failed) throw failed.error
    },

    /** Waits until all is in the database. */
    async flush(): Promise<void> {
      for (startWriting(); writing; ) await writing
      if (failed) throw failed.error
    },
  }
}

function pack(batch: Batch): PackedBatch {
  return { ...batch, payload: packLines(batch) }
}
