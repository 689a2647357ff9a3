import { setTimeout as sleep } from 'node:timers/promises'
import fastifyPlugin from 'fastify-plugin'
import { errorCode } from '../../shared/error-code.ts'
import type { Database } from '../database/engine/database.ts'
import type { DatabaseTiming } from '../database/engine/database-timing.ts'
import { isPassing, patiently } from '../database/engine/patiently.ts'
import { describeStartFault } from '../database/engine/start-faults.ts'
import { openDatabase } from '../database/open-database.ts'
import type { BatchQueue } from '../database/repositories/batch-queue.ts'
import { startBatchQueue } from '../database/repositories/batch-queue.ts'
import type { BatchRepository } from '../database/repositories/batch-repository.ts'
import { createBatchRepository } from '../database/repositories/batch-repository.ts'
import type { ConnectionRepository } from '../database/repositories/connection-repository.ts'
import { createConnectionRepository } from '../database/repositories/connection-repository.ts'
import type { GuardrailRepository } from '../database/repositories/guardrail-repository.ts'
import { createGuardrailRepository } from '../database/repositories/guardrail-repository.ts'
import type { HeldRepository } from '../database/repositories/held/held-repository.ts'
import { createHeldRepository } from '../database/repositories/held/held-repository.ts'
import type { HistoryRepository } from '../database/repositories/history-repository.ts'
import { createHistoryRepository } from '../database/repositories/history-repository.ts'
import type { ImportRepository } from '../database/repositories/import-repository.ts'
import { createImportRepository } from '../database/repositories/import-repository.ts'
import type { IntakeRepository } from '../database/repositories/intake-repository.ts'
import { createIntakeRepository } from '../database/repositories/intake-repository.ts'
import type { KnownRepository } from '../database/repositories/known-repository.ts'
import { createKnownRepository } from '../database/repositories/known-repository.ts'
import type { OrderRepository } from '../database/repositories/order-repository.ts'
import { createOrderRepository } from '../database/repositories/order-repository.ts'
import type { RejectedRowPages } from '../database/repositories/rejections/rejected-row-pages.ts'
import { createRejectedRowPages } from '../database/repositories/rejections/rejected-row-pages.ts'
import type { CancelRepository } from '../database/repositories/repair/cancel-repository.ts'
import { createCancelRepository } from '../database/repositories/repair/cancel-repository.ts'
import type { ForgetRepository } from '../database/repositories/repair/forget-repository.ts'
import { createForgetRepository } from '../database/repositories/repair/forget-repository.ts'
import type { KeyRepository } from '../database/repositories/repair/key-repository.ts'
import { createKeyRepository } from '../database/repositories/repair/key-repository.ts'
import type { RemovalRepository } from '../database/repositories/repair/removal-repository.ts'
import { createRemovalRepository } from '../database/repositories/repair/removal-repository.ts'
import type { RetryRepository } from '../database/repositories/repair/retry-repository.ts'
import { createRetryRepository } from '../database/repositories/repair/retry-repository.ts'
import type { SlotRepository } from '../database/repositories/slot-repository.ts'
import { createSlotRepository } from '../database/repositories/slot-repository.ts'
import type { SyncAlertRepository } from '../database/repositories/sync-alert-repository.ts'
import { createSyncAlertRepository } from '../database/repositories/sync-alert-repository.ts'
import type { SyncRepository } from '../database/repositories/sync-repository.ts'
import { createSyncRepository } from '../database/repositories/sync-repository.ts'
import type { TestRepository } from '../database/repositories/test-repository.ts'
import { createTestRepository } from '../database/repositories/test-repository.ts'
import { readSharedState } from '../metrics/shared-state.ts'
import { createSparingReader } from '../metrics/sparing-reader.ts'
import { timedDatabase } from '../metrics/timed-database.ts'

/** A database that takes longer for a sign of life cannot take a delivery. */
const READY_MILLISECONDS = 3_000

/** The queue makes its tables at its first start. */
const QUEUE_MILLISECONDS = 60_000

/** PostgreSQL's codes for a schema, a table or a function that another server has made at the same moment. */
const MADE_BY_ANOTHER = /^(?:23505|42P06|42P07|42710|42723)$/

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
    queue: BatchQueue
    /** Does the database answer within a few seconds? */
    isDatabaseReady: () => Promise<boolean>
    repositories: {
      connections: ConnectionRepository
      imports: ImportRepository
      intakes: IntakeRepository
      batches: BatchRepository
      order: OrderRepository
      slots: SlotRepository
      rejectedRows: RejectedRowPages
      cancels: CancelRepository
      forget: ForgetRepository
      guardrails: GuardrailRepository
      held: HeldRepository
      keys: KeyRepository
      known: KnownRepository
      removals: RemovalRepository
      retries: RetryRepository
      syncs: SyncRepository
      syncAlerts: SyncAlertRepository
      history: HistoryRepository
      tests: TestRepository
    }
  }
}

/** Opens the database and starts the queue on it; closes both after everything that uses them. */
export const databasePlugin = fastifyPlugin(
  async (app, options: { timing?: Partial<DatabaseTiming> | undefined }) => {
    const { databaseUrl, dataDirectory } = app.config
    const onError = (error: Error) => app.log.error({ err: error }, 'database')
    const opened = await openDatabase({
      url: databaseUrl,
      dataDirectory,
      onError,
      onWait: (error) => app.log.warn(`waiting for the database: ${error.message}`),
      timing: options.timing ?? {},
    })
    const database = timedDatabase(opened, app.metrics.database)
    app.addHook('onClose', () => database.close())
    const queue = await patiently(
      () => startBatchQueue(database, onError, app.tracing.carry),
      QUEUE_MILLISECONDS,
      (error) => isPassing(error) || MADE_BY_ANOTHER.test(errorCode(error)),
    ).catch((error: unknown) => {
      // It makes tables of its own, in a schema that it may not be allowed to make.
      throw databaseUrl === undefined ? error : describeStartFault(error, databaseUrl)
    })
    app.addHook('onClose', () => queue.stop())
    app.metrics.shared.watch(createSparingReader(() => readSharedState(database)))
    app.decorate('isDatabaseReady', createReadiness(database))
    app.decorate('database', database)
    app.decorate('queue', queue)
    app.decorate('repositories', {
      connections: createConnectionRepository(database),
      imports: createImportRepository(database),
      intakes: createIntakeRepository(database, queue),
      batches: createBatchRepository(database, queue),
      order: createOrderRepository(database, queue),
      slots: createSlotRepository(database),
      rejectedRows: createRejectedRowPages(database),
      cancels: createCancelRepository(database),
      forget: createForgetRepository(database),
      guardrails: createGuardrailRepository(database),
      held: createHeldRepository(database),
      keys: createKeyRepository(database),
      known: createKnownRepository(database),
      removals: createRemovalRepository(database),
      retries: createRetryRepository(database, queue),
      syncs: createSyncRepository(database),
      syncAlerts: createSyncAlertRepository(database),
      history: createHistoryRepository(database),
      tests: createTestRepository(database),
    })
  },
  { name: 'database', dependencies: ['config', 'metrics'] },
)

/** Makes the question whether the database answers in time; those who ask at once share one answer. */
function createReadiness(database: Database): () => Promise<boolean> {
  let asking: Promise<boolean> | undefined

  function ask(): Promise<boolean> {
    asking ??= database
      .ping(READY_MILLISECONDS)
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined
      })
    return asking
  }

  return async () => {
    const answered = new AbortController()
    const late = sleep(READY_MILLISECONDS, false, { signal: answered.signal }).catch(() => false)
    const ready = await Promise.race([ask(), late])
    answered.abort()
    return ready
  }
}
