import type { BatchSize } from '../heap/batch-size.ts'
import { createBatchSize } from '../heap/batch-size.ts'
import type { CircuitBreaker, CircuitBreakerOptions } from '../heap/circuit-breaker.ts'
import { createCircuitBreaker } from '../heap/circuit-breaker.ts'

/** What this process has learned of one Heap environment. */
export type Environment = {
  batchSize: BatchSize
  breaker: CircuitBreaker
  /** By batch, for those that Heap has failed at. */
  troubles: Map<string, BatchTrouble>
  /** Set while Heap is away and rows are given up: batches are taken all the same, as they may be too old. */
  isGivingUp: boolean
}

export type BatchTrouble = {
  /** Entities to begin with next time: half of those that Heap failed at. */
  firstSize: number
  /** Heap has taken others of the batch meanwhile: what it fails at may be a row. */
  isPartlyTaken: boolean
}

export type Environments = ReturnType<typeof createEnvironments>

export function createEnvironments(batchSize: number, breakerOptions: CircuitBreakerOptions = {}) {
  const environments = new Map<string, Environment>()
  return {
    of(id: string): Environment {
      let environment = environments.get(id)
      if (!environment) {
        environment = {
          batchSize: createBatchSize(batchSize),
          breaker: createCircuitBreaker(breakerOptions),
          troubles: new Map(),
          isGivingUp: false,
        }
        environments.set(id, environment)
      }
      return environment
    },

    /** Environments that get nothing for the moment, as Heap does not take it. */
    paused(now: number): string[] {
      return [...environments].flatMap(([id, { breaker, isGivingUp }]) =>
        breaker.retryAt(now) > now && !isGivingUp ? [id] : [],
      )
    },

    /** With a single one there is no other whose batches stand behind its own. */
    count: () => environments.size,
  }
}
