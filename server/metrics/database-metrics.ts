import type { Registry } from 'prom-client'
import { Counter, Histogram } from 'prom-client'

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30]

/** `queue`: a statement of pg-boss. */
export type DatabaseWork = 'statement' | 'transaction' | 'queue'

const KINDS: readonly DatabaseWork[] = ['statement', 'transaction', 'queue']

export type DatabaseMetrics = ReturnType<typeof createDatabaseMetrics>

/** What this process asks of the database, as it waits for it. */
export function createDatabaseMetrics(registry: Registry) {
  const duration = new Histogram({
    name: 'heap_import_database_duration_seconds',
    help: 'Time that this process waited for its database, with the wait for a connection, by kind of work: statement, transaction, queue (of pg-boss).',
    labelNames: ['work'],
    buckets: BUCKETS,
    registers: [registry],
  })
  const errors = new Counter({
    name: 'heap_import_database_errors_total',
    help: 'Work of this process that its database refused or did not answer; much of it is tried again.',
    labelNames: ['work'],
    registers: [registry],
  })
  for (const work of KINDS) errors.inc({ work }, 0)
  return {
    took: (work: DatabaseWork, seconds: number): void => duration.observe({ work }, seconds),
    failed: (work: DatabaseWork): void => errors.inc({ work }),
  }
}
