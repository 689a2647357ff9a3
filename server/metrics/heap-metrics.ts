import type { Registry } from 'prom-client'
import { Counter, Gauge, Histogram } from 'prom-client'
import type { HeapAnswer } from '../heap/answers/heap-answer.ts'
import { createBoundedLabel } from './bounded-label.ts'

/** Environments with a series of their own: their ids are typed by analysts. */
export const MOST_ENVIRONMENTS = 50

/** Heap answers in some 100 ms; a request ends after 60 s. */
const BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Statuses that say something of their own; of others the class does. */
const TOLD_STATUSES: readonly number[] = [
  400, 401, 403, 404, 408, 413, 422, 425, 429, 500, 502, 503, 504, 511,
]

type CircuitState = 'closed' | 'open' | 'probing'

const CIRCUIT_STATES: readonly CircuitState[] = ['closed', 'open', 'probing']

export type HeapMetrics = ReturnType<typeof createHeapMetrics>

/** Requests of this process to Heap. */
export function createHeapMetrics(registry: Registry) {
  const duration = new Histogram({
    name: 'heap_import_heap_request_duration_seconds',
    help: 'Requests of this process to Heap by status: 2xx (taken), the HTTP status or its class, or timeout, connection, aborted (by us) for an answer that did not come.',
    labelNames: ['status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  const entities = new Counter({
    name: 'heap_import_heap_entities_total',
    help: 'Users or accounts in the requests of this process to Heap by result: accepted, refused (judged by Heap), too_large, failed. One that is tried again counts again.',
    labelNames: ['result'],
    registers: [registry],
  })
  const retries = new Counter({
    name: 'heap_import_heap_retries_total',
    help: 'Batches that this process put back to be sent again, as Heap had not taken them.',
    registers: [registry],
  })
  const environmentLabel = createBoundedLabel(MOST_ENVIRONMENTS)
  let circuits: () => Iterable<readonly [environmentId: string, state: CircuitState]> = () => []
  new Gauge({
    name: 'heap_import_heap_circuit_state',
    help: 'Does this process send to the environment? 1 for the state it is in: closed (it sends), open (Heap is sick, it pauses), probing (one request tries).',
    labelNames: ['environment', 'state'],
    registers: [registry],
    collect() {
      this.reset()
      for (const [environmentId, current] of circuits()) {
        const environment = environmentLabel(environmentId)
        for (const state of CIRCUIT_STATES) this.inc({ environment, state }, state === current ? 1 : 0)
      }
    },
  })
  for (const result of ['accepted', 'refused', 'too_large', 'failed'] satisfies HeapAnswer['kind'][]) {
    entities.inc({ result }, 0)
  }

  return {
    /** @param count of users or accounts in the request */
    answered(answer: HeapAnswer, count: number, seconds: number): void {
      duration.observe({ status: statusLabel(answer) }, seconds)
      entities.inc({ result: answer.kind }, count)
    },
    retried: (): void => retries.inc(),
    /** Says where to look whenever the metrics are asked for. */
    watchCircuits(source: typeof circuits): void {
      circuits = source
    },
  }
}

export function statusLabel(answer: HeapAnswer): string {
  if (answer.kind === 'accepted') return '2xx'
  const { status } = answer
  if (status === undefined) return answer.kind === 'failed' ? answer.cause : 'unknown'
  return TOLD_STATUSES.includes(status) ? String(status) : `${Math.floor(status / 100)}xx`
}
