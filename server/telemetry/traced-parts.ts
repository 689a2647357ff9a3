import type { BatchJob } from '../database/repositories/batch-queue.ts'
import type { IntakeRepository } from '../database/repositories/intake-repository.ts'
import type { HeapClient } from '../heap/heap-client.ts'
import type { Tracing } from './tracing.ts'

/** The same repository; each storing of rows is a span. */
export function tracedIntakes(intakes: IntakeRepository, tracing: Tracing): IntakeRepository {
  return {
    ...intakes,
    store: (importId, number, intake) => {
      const facts = {
        'import.id': importId,
        'import.batches': intake.batches.length,
        'import.rows': intake.batches.reduce((sum, { entities }) => sum + entities, 0),
        'import.rejected': intake.rejected.length,
      }
      return tracing.span('store rows', facts, () => intakes.store(importId, number, intake))
    },
  }
}

/** The same client; each request to Heap is a span. */
export function tracedClient(client: HeapClient, tracing: Tracing): HeapClient {
  return {
    ...client,
    send: (target, lines, signal, observe) => {
      const facts = {
        'heap.environment': target.environmentId,
        'heap.entities': lines.count,
        'heap.bytes': lines.bytes.length,
      }
      return tracing.span('request to Heap', facts, async (tell) => {
        const answer = await client.send(target, lines, signal, observe)
        tell({ 'heap.answer': answer.kind })
        if (answer.kind !== 'accepted' && answer.status !== undefined) {
          tell({ 'http.response.status_code': answer.status })
        }
        return answer
      })
    },
  }
}

/** Sends a batch as a part of the trace in which its rows were stored, here or in another process. */
export function tracedSending(tracing: Tracing) {
  return <T>({ importId, number, trace }: BatchJob, work: () => Promise<T>): Promise<T> =>
    tracing.under(trace, () =>
      tracing.span('send batch', { 'import.id': importId, 'import.batch': number }, work),
    )
}
