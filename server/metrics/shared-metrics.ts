import type { Registry } from 'prom-client'
import { Gauge } from 'prom-client'
import type { SharedState } from './shared-state.ts'
import { MOST_SYNCS } from './shared-state.ts'

export type SharedMetrics = ReturnType<typeof createSharedMetrics>

/**
 * What all processes on one database share, read from it: each of them says the same, so take the maximum over
 * processes, never the sum. Without an answer of the database they have no value.
 */
export function createSharedMetrics(registry: Registry) {
  let read: () => Promise<SharedState | undefined> = async () => undefined

  function gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    show: (state: SharedState, set: (value: number, labels?: Record<L, string>) => void) => void,
  ): void {
    new Gauge({
      name: `heap_import_shared_${name}`,
      help: `${help} Read from the database: the same in every process.`,
      labelNames: [...labelNames],
      registers: [registry],
      async collect() {
        const state = await read()
        this.reset()
        if (!state) {
          // It would stay at 0, which is a lie.
          if (labelNames.length === 0) this.remove()
          return
        }
        show(state, (value, labels) => (labels ? this.set(labels, value) : this.set(value)))
      },
    })
  }

  new Gauge({
    name: 'heap_import_database_up',
    help: 'Has the database answered this process when the metrics were last read from it? 1 or 0.',
    registers: [registry],
    async collect() {
      this.set((await read()) ? 1 : 0)
    },
  })
  gauge(
    'imports',
    'Imports that are open: reading (rows come from Looker), sending (rows wait for Heap), held (somebody has to release or discard them).',
    ['state'],
    ({ imports }, set) => {
      for (const [state, count] of Object.entries(imports)) set(count, { state })
    },
  )
  gauge(
    'rows',
    'Rows of the imports that began in the last 24 hours by what became of them; what was received and is nothing else is on its way.',
    ['outcome'],
    ({ rows }, set) => {
      for (const [outcome, count] of Object.entries(rows)) set(count, { outcome })
    },
  )
  gauge('waiting_batches', 'Batches of up to 1,000 rows that wait for Heap.', [], ({ waiting }, set) =>
    set(waiting.batches),
  )
  gauge('waiting_rows', 'Rows that wait for Heap.', [], ({ waiting }, set) => set(waiting.rows))
  gauge('waiting_bytes', 'Compressed bytes of the rows that wait for Heap.', [], ({ waiting }, set) =>
    set(waiting.bytes),
  )
  gauge(
    'oldest_waiting_batch_age_seconds',
    'Age of the oldest batch that waits for Heap, without those that a guardrail holds; 0: none waits.',
    [],
    ({ waiting }, set) => set(waiting.oldestSeconds),
  )
  gauge(
    'sync_last_success_timestamp_seconds',
    `When an import of the sync last ended well, in seconds since 1970, of the ${MOST_SYNCS} syncs with the newest deliveries. sync: its number in log lines, traces and alerts.`,
    ['sync'],
    ({ successes }, set) => {
      for (const { sync, at } of successes) set(at, { sync: String(sync) })
    },
  )
  gauge(
    'heap_denied_seconds',
    'For how long Heap has turned away every request of an environment, whatever is in it; no value: it takes them.',
    ['environment'],
    ({ denials }, set) => {
      for (const { environmentId, seconds } of denials) set(seconds, { environment: environmentId })
    },
  )
  return {
    /** Says how to read the state whenever the metrics are asked for. */
    watch(reader: typeof read): void {
      read = reader
    },
  }
}
