import { setTimeout as sleep } from 'node:timers/promises'
import fastifyPlugin from 'fastify-plugin'
import type { BatchQueue } from '../database/batch-queue.ts'
import { startBatchQueue } from '../database/batch-queue.ts'
import type { BatchRepository } from '../database/batch-repository.ts'
import { createBatchRepository } from '../database/batch-repository.ts'
import type { ConnectionRepository } from '../database/connection-repository.ts'
import { createConnectionRepository } from '../database/connection-repository.ts'
import type { Database } from '../database/database.ts'
import type { ImportRepository } from '../database/import-repository.ts'
import { createImportRepository } from '../database/import-repository.ts'
import { openDatabase } from '../database/open-database.ts'

/** A database that takes longer for `select 1` cannot take a delivery. */
const READY_MILLISECONDS = 3_000

declare module 'fastify' {
  interface FastifyInstance {
    database: Database
    queue: BatchQueue
    /** Does the database answer within a few seconds? */
    isDatabaseReady: () => Promise<boolean>
    repositories: {
      connections: ConnectionRepository
      imports: ImportRepository
      batches: BatchRepository
    }
  }
}

/** Opens the database and starts the queue on it; closes both after everything that uses them. */
export const databasePlugin = fastifyPlugin(
  async (app) => {
    const { databaseUrl, dataDirectory } = app.config
    const onError = (error: Error) => app.log.error({ err: error }, 'database')
    const database = await openDatabase({ url: databaseUrl, dataDirectory, onError })
    app.addHook('onClose', () => database.close())
    const queue = await startBatchQueue(database, onError)
    app.addHook('onClose', () => queue.stop())
    app.decorate('isDatabaseReady', () => answersInTime(database))
    app.decorate('database', database)
    app.decorate('queue', queue)
    app.decorate('repositories', {
      connections: createConnectionRepository(database),
      imports: createImportRepository(database, queue),
      batches: createBatchRepository(database, queue),
    })
  },
  { name: 'database', dependencies: ['config'] },
)

async function answersInTime(database: Database): Promise<boolean> {
  const late = new AbortController()
  const answered = database.query('select 1').then(
    () => true,
    () => false,
  )
  const timeout = sleep(READY_MILLISECONDS, false, { signal: late.signal }).catch(() => false)
  const ready = await Promise.race([answered, timeout])
  late.abort()
  return ready
}
