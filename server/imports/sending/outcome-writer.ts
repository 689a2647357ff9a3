import type { BatchOutcome, BatchRepository } from '../../database/repositories/batch-repository.ts'
import type { ImportEvents } from '../import-events.ts'
import { createWakeablePause } from '../wakeable-pause.ts'

export type OutcomeWriter = ReturnType<typeof createOutcomeWriter>

/** How long an outcome waits for others: long beside a transaction, and nobody waits for it while more are to come. */
const GATHER_MILLISECONDS = 40

/** So many are written at once. */
const MOST_GATHERED = 16

/**
 * Writes outcomes to the database, one transaction at a time, each with all outcomes that have come in
 * meanwhile: with many requests in flight the database is asked far less often than Heap.
 */
export function createOutcomeWriter(batches: Pick<BatchRepository, 'recordOutcomes'>, events: ImportEvents) {
  type Waiting = { outcome: BatchOutcome; resolve: () => void; reject: (error: unknown) => void }
  const pause = createWakeablePause()
  let waiting: Waiting[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      await pause.wait(GATHER_MILLISECONDS)
      pause.reset()
      const group = waiting
      waiting = []
      try {
        events.emit('decided', await batches.recordOutcomes(group.map((entry) => entry.outcome)))
        for (const entry of group) entry.resolve()
      } catch (error) {
        for (const entry of group) entry.reject(error)
      }
    }
    writing = false
  }

  return {
    /**
     * Resolves when the outcome is in the database.
     *
     * @param isLast no other outcome is to come soon, so that nothing is gained by waiting for one
     */
    write(outcome: BatchOutcome, isLast: boolean): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.push({ outcome, resolve, reject })
        if (isLast || waiting.length >= MOST_GATHERED) pause.wake()
        if (!writing) void writeAll()
      })
    },
  }
}
