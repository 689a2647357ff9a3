import { collectDefaultMetrics, Registry } from 'prom-client'
import { createAlertMetrics } from './alert-metrics.ts'
import { createDatabaseMetrics } from './database-metrics.ts'
import { createDeliveryMetrics } from './delivery-metrics.ts'
import { createHeapMetrics } from './heap-metrics.ts'
import { createHttpMetrics } from './http-metrics.ts'
import { createImportMetrics } from './import-metrics.ts'
import { createSharedMetrics } from './shared-metrics.ts'

export type Metrics = ReturnType<typeof createMetrics>

/**
 * All metrics of one process. Counters and histograms say what this process did, so that sums over processes are
 * right; gauges named `heap_import_shared_…` are read from the database and say the same in every process.
 */
export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    http: createHttpMetrics(registry),
    imports: createImportMetrics(registry),
    deliveries: createDeliveryMetrics(registry),
    heap: createHeapMetrics(registry),
    database: createDatabaseMetrics(registry),
    alerts: createAlertMetrics(registry),
    shared: createSharedMetrics(registry),
  }
}
