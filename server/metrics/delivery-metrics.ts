import type { Registry } from 'prom-client'
import { Gauge } from 'prom-client'

/** Deliveries that a process has in hand. */
export type OpenDeliveries = {
  /** From Looker's call to the answer. */
  open: number
  /** Whose rows are read at this moment. */
  reading: number
  /** Whose rows have come, and wait for one of the READ_CONCURRENCY places. */
  waiting: number
}

export type DeliveryMetrics = ReturnType<typeof createDeliveryMetrics>

/** Deliveries that this process has in hand. */
export function createDeliveryMetrics(registry: Registry) {
  let look: () => OpenDeliveries = () => ({ open: 0, reading: 0, waiting: 0 })
  new Gauge({
    name: 'heap_import_deliveries',
    help: 'Deliveries of Looker in this process: open (not answered yet), of these reading (rows are read now) and waiting (for one of the READ_CONCURRENCY places to read in).',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(look())) this.set({ state }, count)
    },
  })
  return {
    /** Says where to look whenever the metrics are asked for. */
    watch(source: () => OpenDeliveries): void {
      look = source
    },
  }
}
