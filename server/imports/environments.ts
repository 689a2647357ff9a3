import type { BatchSize } from '../heap/batch-size.ts'
import { createBatchSize } from '../heap/batch-size.ts'
import type { CircuitBreaker } from '../heap/circuit-breaker.ts'
import { createCircuitBreaker } from '../heap/circuit-breaker.ts'

/** What this process has learned of one Heap environment. */
export type Environment = { batchSize: BatchSize; breaker: CircuitBreaker }

export type Environments = ReturnType<typeof createEnvironments>

export function createEnvironments(batchSize: number) {
  const environments = new Map<string, Environment>()
  return {
    of(id: string): Environment {
      let environment = environments.get(id)
      if (!environment) {
        environment = { batchSize: createBatchSize(batchSize), breaker: createCircuitBreaker() }
        environments.set(id, environment)
      }
      return environment
    },

    /** Environments that get nothing for the moment, as Heap does not take it. */
    paused(now: number): string[] {
      return [...environments].flatMap(([id, { breaker }]) => (breaker.retryAt(now) > now ? [id] : []))
    },
  }
}
