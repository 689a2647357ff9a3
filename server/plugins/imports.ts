import fastifyPlugin from 'fastify-plugin'
import type { Verdict } from '../../shared/report/import-message.ts'
import { HELD_DAYS } from '../../shared/report/import-message.ts'
import { heapUrlOf } from '../config.ts'
import { createHeapClient } from '../heap/heap-client.ts'
import type { HeapTiming } from '../heap/pace/heap-timing.ts'
import { createRegionalClient } from '../heap/regional-client.ts'
import { createAnswers } from '../imports/answers.ts'
import { createKeptBatches } from '../imports/batches/kept-batches.ts'
import type { Delivery } from '../imports/delivery.ts'
import type { ReleaseAnswer } from '../imports/held/release-import.ts'
import { releaseImport } from '../imports/held/release-import.ts'
import { startHousekeeping } from '../imports/housekeeping.ts'
import { createImportEvents } from '../imports/import-events.ts'
import { createImportWatch } from '../imports/import-watch.ts'
import { startOrderKeeper } from '../imports/order/order-keeper.ts'
import { processDelivery } from '../imports/process-delivery.ts'
import { createReadingPlaces } from '../imports/reading/reading-places.ts'
import { createCancelSignals } from '../imports/repair/cancel-signals.ts'
import { startRepairKeeper } from '../imports/repair/repair-keeper.ts'
import type { RetryAnswer } from '../imports/repair/retry-import.ts'
import { retryImport } from '../imports/repair/retry-import.ts'
import { whyNot } from '../imports/repair/why-not.ts'
import { startDispatcher } from '../imports/sending/dispatcher.ts'
import { createEnvironments } from '../imports/sending/environments.ts'
import { createOutcomeWriter } from '../imports/sending/outcome-writer.ts'
import { ownSlots, sharedSlots } from '../imports/sending/request-slots.ts'
import { countFinished } from '../metrics/count-finished.ts'
import { countedOutcomes } from '../metrics/counted-outcomes.ts'
import { observedClient } from '../metrics/observed-client.ts'
import { tracedClient, tracedIntakes, tracedSending } from '../telemetry/traced-parts.ts'

declare module 'fastify' {
  interface FastifyInstance {
    imports: {
      /** Takes a delivery in; resolves with what Looker is told, at its end or at the deadline. */
      process: (delivery: Delivery, deadline: AbortSignal) => Promise<Verdict>
      /** Tries again what of an import could not be delivered; resolves when that has its own import. */
      retry: (importId: number) => Promise<RetryAnswer>
      /** Why an import cannot be retried, and what to do instead; null: it can. */
      whyNoRetry: (importId: number) => Promise<string | null>
      /** Nothing more of an import is sent; false: it has ended. */
      cancel: (importId: number) => Promise<boolean>
      /** Lets the rows of an import go that has waited for somebody to decide. */
      release: (importId: number) => Promise<ReleaseAnswer>
      /** Nothing of an import that waits for somebody to decide is sent or kept; false: it does not wait for that. */
      discard: (importId: number) => Promise<boolean>
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
    const { imports, intakes, batches, order, slots } = app.repositories
    const { cancels: cancelled, guardrails, held, keys, known, removals, retries } = app.repositories
    const { config } = app
    const { heapTiming: timing, maxWaitingBytes } = options
    const onError = (error: unknown) => app.log.error({ err: error }, 'imports')
    const stopping = new AbortController()
    const events = createImportEvents()
    const plainClient = createRegionalClient(
      (environmentId) => heapUrlOf(config, environmentId),
      (apiUrl) => createHeapClient({ apiUrl, timeoutMs: timing.requestMs }),
    )
    const client = tracedClient(observedClient(plainClient, app.metrics.heap), app.tracing)
    const environments = createEnvironments(config.heapBatchSize, timing.breaker)
    app.metrics.heap.watchCircuits(environments.circuits)
    const counting = countFinished({ events, database: app.database, metrics: app.metrics.imports, onError })
    const retention = { imports: config.retentionDays, rejectedRows: config.rejectedRowsDays }
    const isOnlyProcess = app.database.engine === 'pglite'
    const onFinished = (ids: readonly number[]) => void events.emit('decided', ids)
    const housekeeping = await startHousekeeping(imports, isOnlyProcess, retention, onError, onFinished, () =>
      held.discardOld(HELD_DAYS),
    )
    const kept = createKeptBatches()
    const dispatcher = startDispatcher({
      queue: app.queue,
      batches,
      kept,
      outcomes: countedOutcomes(createOutcomeWriter(batches, events), app.metrics.heap),
      client,
      environments,
      events,
      timing,
      tests: app.repositories.tests,
      openSlots: (onMore) =>
        isOnlyProcess
          ? ownSlots(config.heapConcurrency)
          : sharedSlots(slots, config.heapConcurrency, onMore, onError),
      perEnvironment: config.heapConcurrency,
      onError,
      around: tracedSending(app.tracing),
    })
    const orderKeeper = startOrderKeeper({ order, events, batchSize: config.heapBatchSize, onError })
    const cancels = createCancelSignals(events)
    const repairKeeper = startRepairKeeper({
      order,
      cancels: cancelled,
      removals,
      keys,
      retries,
      events,
      onError,
    })
    const retrier = {
      imports,
      retries,
      keys,
      events,
      cancels,
      batchSize: config.heapBatchSize,
      onError,
    }
    /** Retries that take rows over. */
    const retrying = new Set<Promise<void>>()
    const places = createReadingPlaces(config.readConcurrency)
    let open = 0
    app.metrics.deliveries.watch(() => ({ open, reading: places.taken(), waiting: places.waiting() }))
    const answers = createAnswers(imports, onError)
    const processor = {
      imports,
      answers,
      intakes: tracedIntakes(intakes, app.tracing),
      batches,
      kept,
      events,
      places,
      keys,
      known,
      knownRows: config.knownRows,
      heapUrlOf: (environmentId: string) => heapUrlOf(config, environmentId),
      guardrails,
      cancels,
      watch: createImportWatch(imports, events, timing.deniedMs),
      deniedMs: timing.deniedMs,
      batchSize: config.heapBatchSize,
      maxWaitingBytes,
      lookerOrigins: config.lookerOrigins,
      stopping: stopping.signal,
      log: app.log,
      tracing: app.tracing,
    }
    app.decorate('imports', {
      async process(delivery, deadline) {
        open += 1
        try {
          return await processDelivery(delivery, deadline, processor)
        } finally {
          open -= 1
        }
      },
      async retry(importId) {
        const answer = await retryImport(importId, retrier, stopping.signal)
        if (answer.kind === 'retried') {
          retrying.add(answer.done)
          void answer.done.then(() => retrying.delete(answer.done))
        }
        return answer
      },
      async whyNoRetry(importId) {
        return whyNot(await retries.retriable(importId), () => keys.later(importId))
      },
      async cancel(importId) {
        const isCancelled = await cancelled.cancel(importId)
        if (isCancelled) repairKeeper.wake()
        return isCancelled
      },
      async release(importId) {
        const answer = await releaseImport(importId, { held, keys, order, onFinished })
        if (answer.kind === 'released') events.emit('released')
        return answer
      },
      async discard(importId) {
        const isDiscarded = await held.discard(importId)
        if (isDiscarded) repairKeeper.wake()
        return isDiscarded
      },
      deniedMs: timing.deniedMs,
      stopping: stopping.signal,
    })
    // Work is handed over at once, also while slow callers still hold up the end of the server.
    let handedOver: Promise<unknown> | undefined
    const handOver = () =>
      Promise.all([dispatcher.stop(), orderKeeper.stop(), repairKeeper.stop(), ...retrying])
    app.addHook('preClose', async () => {
      stopping.abort()
      handedOver = handOver()
    })
    app.addHook('onClose', async () => {
      await housekeeping.stop()
      await (handedOver ?? handOver())
      await answers.written()
      await client.close()
      await counting.settle()
    })
  },
  { name: 'imports', dependencies: ['database', 'metrics'] },
)
