import type { HeapClient } from '../heap/heap-client.ts'
import type { HeapMetrics } from './heap-metrics.ts'

/** The same client, which counts its requests. */
export function observedClient(client: HeapClient, metrics: HeapMetrics): HeapClient {
  return {
    ...client,
    async send(target, lines, signal, observe) {
      const begunAt = performance.now()
      const answer = await client.send(target, lines, signal, observe)
      metrics.answered(answer, lines.count, (performance.now() - begunAt) / 1_000)
      return answer
    },
  }
}
