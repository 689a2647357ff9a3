import type { OutcomeWriter } from '../imports/sending/outcome-writer.ts'
import type { HeapMetrics } from './heap-metrics.ts'

/** The same writer, which counts the batches that Heap did not take. */
export function countedOutcomes(writer: OutcomeWriter, metrics: HeapMetrics): OutcomeWriter {
  return {
    async write(outcome, isLast) {
      await writer.write(outcome, isLast)
      // Without an error it was put back for another reason than Heap.
      if (outcome.pending !== null && outcome.pending.error !== null) metrics.retried()
    },
  }
}
