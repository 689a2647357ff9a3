import type { Registry } from 'prom-client'
import { Histogram } from 'prom-client'

/** From a look at the landing page to a delivery that waits for its import. */
const BUCKETS = [0.01, 0.1, 1, 10, 60, 300, 900]

export type HttpMetrics = ReturnType<typeof createHttpMetrics>

/** Requests that this process has answered. */
export function createHttpMetrics(registry: Registry) {
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests that this process answered: how long they took, by operation and status.',
    labelNames: ['operation', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  return {
    answered(operation: string, status: number, seconds: number): void {
      duration.observe({ operation, status }, seconds)
    },
  }
}
