import fastifyPlugin from 'fastify-plugin'
import { createHeapClient } from '../heap/heap-client.ts'
import type { HeapTiming } from '../heap/heap-timing.ts'
import { startDispatcher } from '../imports/dispatcher.ts'
import { createEnvironments } from '../imports/environments.ts'
import { startHousekeeping } from '../imports/housekeeping.ts'
import type { ImportWatch } from '../imports/import-watch.ts'
import { createImportWatch } from '../imports/import-watch.ts'
import { createOutcomeWriter } from '../imports/outcome-writer.ts'
import type { Delivery } from '../imports/receive-delivery.ts'
import { receiveDelivery } from '../imports/receive-delivery.ts'

declare module 'fastify' {
  interface FastifyInstance {
    imports: {
      /** Reads a delivery to its end. @returns the import's id */
      receive: (delivery: Delivery) => Promise<number>
      watch: ImportWatch
      /** After so long of denials by Heap an import counts as failed for now, in milliseconds. */
      deniedMs: number
      /** Aborted when the server begins to stop. */
      stopping: AbortSignal
    }
  }
}

/** Runs the imports: takes deliveries in and sends what is stored to Heap. */
export const importsPlugin = fastifyPlugin(
  async (app, options: { maxWaitingBytes: number; heapTiming: HeapTiming }) => {
    const { imports, batches } = app.repositories
    const { heapApiUrl, heapBatchSize, heapConcurrency } = app.config
    const { heapTiming: timing } = options
    const onError = (error: unknown) => app.log.error({ err: error }, 'imports')
    const stopping = new AbortController()
    const watch = createImportWatch(imports, timing.deniedMs)
    const client = createHeapClient({ apiUrl: heapApiUrl, timeoutMs: timing.requestMs })
    const housekeeping = await startHousekeeping(imports, app.database.engine === 'pglite', onError)
    const dispatcher = startDispatcher({
      queue: app.queue,
      batches,
      outcomes: createOutcomeWriter(batches, watch.finished),
      client,
      environments: createEnvironments(heapBatchSize, timing.breaker),
      timing,
      perEnvironment: heapConcurrency,
      onError,
    })
    app.decorate('imports', {
      receive: (delivery) =>
        receiveDelivery(delivery, {
          imports,
          batchSize: heapBatchSize,
          batches,
          maxWaitingBytes: options.maxWaitingBytes,
          onStored: dispatcher.nudge,
          stopping: stopping.signal,
          log: app.log,
        }),
      watch,
      deniedMs: timing.deniedMs,
      stopping: stopping.signal,
    })
    // Work is handed over at once, also while slow callers still hold up the end of the server.
    let handedOver: Promise<void> | undefined
    app.addHook('preClose', async () => {
      stopping.abort()
      handedOver = dispatcher.stop()
    })
    app.addHook('onClose', async () => {
      housekeeping.stop()
      await (handedOver ?? dispatcher.stop())
      await client.close()
    })
  },
  { name: 'imports', dependencies: ['database'] },
)
