import type { BatchSize } from '../../heap/pace/batch-size.ts'
import { createBatchSize } from '../../heap/pace/batch-size.ts'
import type { CircuitBreaker, CircuitBreakerOptions } from '../../heap/pace/circuit-breaker.ts'
import { createCircuitBreaker } from '../../heap/pace/circuit-breaker.ts'

/** What this process has learned of one Heap environment. Each part is changed by its own functions only. */
type EnvironmentHealth = {
  readonly batchSize: BatchSize
  readonly breaker: CircuitBreaker
}

export type Environments = ReturnType<typeof createEnvironments>

export function createEnvironments(batchSize: number, breakerOptions: CircuitBreakerOptions = {}) {
  const environments = new Map<string, EnvironmentHealth>()
  return {
    of(id: string): EnvironmentHealth {
      let environment = environments.get(id)
      if (!environment) {
        environment = {
          batchSize: createBatchSize(batchSize),
          breaker: createCircuitBreaker(breakerOptions),
        }
        environments.set(id, environment)
      }
      return environment
    },

    /** For whoever watches: what each circuit is doing. */
    circuits: () => [...environments].map(([id, { breaker }]) => [id, breaker.state()] as const),

    /** Environments that get nothing for the moment, as Heap does not take it. */
    paused(now: number): string[] {
      return [...environments].flatMap(([id, { breaker }]) => (breaker.isPaused(now) ? [id] : []))
    },
  }
}
