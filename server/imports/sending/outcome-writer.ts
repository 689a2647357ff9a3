import { setTimeout as sleep } from 'node:timers/promises'
import type { BatchOutcome, BatchRepository } from '../../database/repositories/batch-repository.ts'
import type { ImportEvents } from '../import-events.ts'

export type OutcomeWriter = ReturnType<typeof createOutcomeWriter>

/** How long an outcome waits for others: short beside a request to Heap, long beside a transaction. */
const GATHER_MILLISECONDS = 15

/**
 * Writes outcomes to the database, one transaction at a time, each with all outcomes that have come in
 * meanwhile: with many requests in flight the database is asked far less often than Heap.
 */
export function createOutcomeWriter(batches: BatchRepository, events: ImportEvents) {
  type Waiting = { outcome: BatchOutcome; resolve: () => void; reject: (error: unknown) => void }
  let waiting: Waiting[] = []
  let writing = false

  async function writeAll(): Promise<void> {
    writing = true
    while (waiting.length > 0) {
      await sleep(GATHER_MILLISECONDS)
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
    /** Resolves when the outcome is in the database. */
    write(outcome: BatchOutcome): Promise<void> {
      return new Promise((resolve, reject) => {
        waiting.push({ outcome, resolve, reject })
        if (!writing) void writeAll()
      })
    },
  }
}
