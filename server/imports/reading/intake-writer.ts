import type { Intake, IntakeRepository } from '../../database/repositories/intake-repository.ts'
import type { RejectedRow } from '../../database/repositories/rejected-rows.ts'
import type { Batch } from '../batches/batch-builder.ts'
import { packLines } from '../batches/batch-payload.ts'
import { toRowRanges } from '../batches/row-ranges.ts'

/** Batches that may wait for the database; then Looker's download waits. Bounds memory to some 20 MB. */
const MAX_WAITING_BATCHES = 8

/** Decided rows that may wait for the next transaction. */
const MAX_WAITING_ROWS = 5_000

export type IntakeWriter = ReturnType<typeof createIntakeWriter>

/**
 * Writes what has been read to the database, one transaction at a time, each with all that has gathered
 * meanwhile: reading goes on while the database works, and a slow database slows Looker down.
 *
 * @param onStored called after every transaction that stored batches
 */
export function createIntakeWriter(
  intakes: Pick<IntakeRepository, 'store'>,
  importId: number,
  onStored: () => void,
) {
  let batches: Batch[] = []
  let rejected: RejectedRow[] = []
  let skipped = 0
  let checked = 0
  let writing: Promise<void> | undefined
  /** What a write in the background failed for: its rows are gone from here, so nothing may follow it. */
  let failed: { error: unknown } | undefined
  let stored = 0

  function isEmpty(): boolean {
    return batches.length === 0 && rejected.length === 0 && skipped === 0 && checked === 0
  }

  async function writeAll(): Promise<void> {
    while (!isEmpty()) {
      const gathered = { batches, rejected, skipped, checked }
      batches = []
      rejected = []
      skipped = 0
      checked = 0
      const intake: Intake = {
        ...gathered,
        batches: await Promise.all(gathered.batches.map(toStoredBatch)),
      }
      stored += 1
      await intakes.store(importId, stored, intake)
      if (intake.batches.length > 0) onStored()
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
    addBatch: (batch: Batch) => void batches.push(batch),
    addRejected: (row: RejectedRow) => void rejected.push(row),
    addSkipped: () => {
      skipped += 1
    },
    addChecked: (rows: number) => {
      checked += rows
    },

    /** Lets the writing go on in the background; waits while too much is gathered. */
    async advance(): Promise<void> {
      const waitingRows = rejected.length + skipped + checked
      if (batches.length === 0 && waitingRows <= MAX_WAITING_ROWS) return
      const write = startWriting()
      // Its error is thrown by the next call that waits.
      write.catch(() => undefined)
      if (batches.length >= MAX_WAITING_BATCHES || waitingRows > MAX_WAITING_ROWS) await write
    },

    /** Waits until all is in the database. */
    async flush(): Promise<void> {
      while (writing || failed || !isEmpty()) await startWriting()
    },
  }
}

async function toStoredBatch({ number, lines, rowNumbers }: Batch) {
  return {
    number,
    entities: lines.length,
    rowRanges: toRowRanges(rowNumbers),
    payload: await packLines(lines),
  }
}
