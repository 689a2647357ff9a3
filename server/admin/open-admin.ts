import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FastifyInstance } from 'fastify'
import fastify from 'fastify'
import { DataDirectoryInUse } from '../database/engine/data-directory.ts'
import type { OperatorRepository } from '../database/repositories/operator/operator-repository.ts'
import { createOperatorRepository } from '../database/repositories/operator/operator-repository.ts'
import { metricsPlugin } from '../metrics/metrics-plugin.ts'
import { configPlugin } from '../plugins/config.ts'
import { databasePlugin } from '../plugins/database.ts'
import { withSecretFiles } from '../settings/secret-files.ts'
import { NO_TRACING } from '../telemetry/tracing.ts'
import { RefusedError } from './admin-errors.ts'

/** A person waits: a database that is away is told sooner than at the start of a server. */
const TIMING = { startMs: 5_000, patienceMs: 15_000 }

/** The database of the server, without a server. */
export type Admin = {
  config: FastifyInstance['config']
  repositories: FastifyInstance['repositories']
  operator: OperatorRepository
  /** No other process has, or can have, the database open. */
  isAlone: boolean
  /** Aborted when the command is to end. */
  stopping: AbortSignal
  close: () => Promise<void>
}

/**
 * Opens the database that the settings of the server name.
 *
 * @throws Error with a text that says what to do
 */
export async function openAdmin(
  environment: Record<string, string | undefined>,
  stopping: AbortSignal,
): Promise<Admin> {
  const app = fastify({ logger: false, pluginTimeout: 120_000 })
  try {
    app.decorate('tracing', NO_TRACING)
    await app.register(configPlugin, { environment: await withSecretFiles(environment) })
    mustExist(app.config)
    await app.register(metricsPlugin)
    await app.register(databasePlugin, { timing: TIMING })
    await app.ready()
    if ((await app.repositories.connections.all()).length === 0) {
      throw new RefusedError(
        'No server has run on this database yet. Set DATABASE_URL or DATA_DIR as the server has it.',
      )
    }
    return {
      config: app.config,
      repositories: app.repositories,
      operator: createOperatorRepository(app.database),
      isAlone: app.database.engine === 'pglite',
      stopping,
      close: () => app.close(),
    }
  } catch (error) {
    await app.close()
    throw error instanceof DataDirectoryInUse ? inUse(app.config.dataDirectory, error) : error
  }
}

/** Opening would make an empty one, which answers every question wrongly. */
function mustExist({ databaseUrl, dataDirectory }: FastifyInstance['config']): void {
  if (databaseUrl !== undefined || existsSync(join(dataDirectory, 'database'))) return
  throw new RefusedError(
    `There is no database in DATA_DIR (${resolve(dataDirectory)}). Set DATA_DIR, or DATABASE_URL, as the server has it.`,
  )
}

function inUse(directory: string, cause: Error): RefusedError {
  return new RefusedError(
    `A server runs on the embedded database in DATA_DIR (${resolve(directory)}), which only one process can open. Stop the server, give the command again, and start the server. With a PostgreSQL (DATABASE_URL) commands work while servers run.`,
    { cause },
  )
}
