import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Postgrator from 'postgrator'
import packageJson from '../../package.json' with { type: 'json' }
import { errorCode } from '../../shared/error-code.ts'
import type { Database, Queryable, Transaction } from './engine/database.ts'
import type { MigrationTiming } from './migration-timing.ts'
import { MIGRATION_TIMING } from './migration-timing.ts'
import { createWaitLog, findBlockers, findMigrator, MIGRATION_LOCK } from './migration-waits.ts'

const DIRECTORY = join(import.meta.dirname, 'migrations')

/** The number of the newest migration that this server brings: what its tables are like. */
export const SCHEMA_VERSION = Math.max(...readdirSync(DIRECTORY).map((name) => Number.parseInt(name, 10)))

/** PostgreSQL's codes for a lock that did not come in time, and a statement that took too long. */
const LOCK_NOT_AVAILABLE = '55P03'
const QUERY_CANCELED = '57014'

type MigrateOptions = {
  /** Told what the start waits for, now and then. */
  onWait?: ((error: Error) => void) | undefined
  timing?: Partial<MigrationTiming>
}

/** What became of an attempt: another server is at it, or something else uses the tables. */
type Attempt = { kind: 'done' } | { kind: 'busy' } | { kind: 'blocked'; by: string }

/**
 * Applies the migrations that have not been applied, all in one transaction. When several processes start at
 * once, one does and the others wait for it. A lock that somebody else holds is asked for again and again, for
 * seconds only, so that servers that use the tables are not held up behind the question.
 *
 * @throws Error when a newer server has changed the tables already, or when the wait is too long
 */
export async function migrate(database: Database, options: MigrateOptions = {}): Promise<void> {
  const timing = { ...MIGRATION_TIMING, ...options.timing }
  const tell = createWaitLog(options.onWait ?? (() => undefined), timing.tellMs)
  const begin = performance.now()
  let blockedSince: number | undefined
  while (!(await isUpToDate(database))) {
    const now = performance.now()
    const attempt = await attemptMigration(database, timing, tell)
    if (attempt.kind === 'done') return
    if (attempt.kind === 'busy') {
      const migrator = await findMigrator(database)
      if (now - begin > timing.othersMs) throw tooLong(migrator)
      tell(`${migrator} is bringing the tables up to date`)
    } else {
      blockedSince ??= now
      if (performance.now() - blockedSince > timing.blockedMs) throw blocked(attempt.by)
    }
    await sleep(timing.pauseMs)
  }
}

async function attemptMigration(
  database: Database,
  timing: MigrationTiming,
  tell: (text: string) => void,
): Promise<Attempt> {
  const watch = new AbortController()
  let blockers = ''
  async function watchBlockers(process: number): Promise<void> {
    while (!watch.signal.aborted) {
      await sleep(timing.pauseMs, undefined, { signal: watch.signal })
      const found = await findBlockers(database, process)
      if (found === '') continue
      blockers = found
      tell(`the tables are to be brought up to date, and are in use by ${found}`)
    }
  }
  try {
    return await database.transaction(async (transaction): Promise<Attempt> => {
      const [lock] = await transaction.query<{ taken: boolean; process: number }>(
        'select pg_try_advisory_xact_lock($1) as taken, pg_backend_pid() as process',
        [MIGRATION_LOCK],
      )
      if (!lock?.taken) return { kind: 'busy' }
      if (await isUpToDate(transaction)) return { kind: 'done' }
      if (database.engine === 'postgres') {
        await transaction.execute(
          `set local lock_timeout = ${timing.lockMs}; set local statement_timeout = ${timing.statementMs}`,
        )
        // It only says who is in the way: when it cannot, the migration goes on.
        watchBlockers(lock.process).catch(() => undefined)
      }
      await applyMigrations(transaction)
      return { kind: 'done' }
    })
  } catch (error) {
    if (errorCode(error) === LOCK_NOT_AVAILABLE) return { kind: 'blocked', by: blockers || 'another session' }
    throw errorCode(error) === QUERY_CANCELED ? tooSlow(timing.statementMs, error) : error
  } finally {
    watch.abort()
  }
}

async function applyMigrations(transaction: Transaction): Promise<void> {
  const postgrator = new Postgrator({
    driver: 'pg',
    schemaTable: 'schema_migrations',
    migrationPattern: join(DIRECTORY, '*.sql'),
    execQuery: async (sql) => ({ rows: await transaction.query(sql) }),
    execSqlScript: transaction.execute,
  })
  await postgrator.migrate()
}

/**
 * An older server would not know what the newer one keeps, and could lose it.
 *
 * @throws Error when the tables are those of a newer server
 */
async function isUpToDate(database: Queryable): Promise<boolean> {
  const [table] = await database.query<{ name: string | null }>(
    "select to_regclass('schema_migrations')::text as name",
  )
  if (!table?.name) return false
  const [row] = await database.query<{ version: number | null }>(
    'select max(version)::int as version from schema_migrations',
  )
  const version = row?.version ?? 0
  if (version <= SCHEMA_VERSION) return version === SCHEMA_VERSION
  throw new Error(
    `The database was set up by a newer server: its tables have version ${version}, and this server (${packageJson.version}) knows version ${SCHEMA_VERSION}. Start the newer server again, or give this one another database.`,
  )
}

function tooLong(migrator: string): Error {
  return new Error(
    `The tables are not up to date: ${migrator} has been changing them for too long. See what it does in pg_stat_activity, end it with pg_terminate_backend if it hangs, and start the server again.`,
  )
}

function blocked(by: string): Error {
  return new Error(
    `The tables could not be brought up to date, since they are in use by ${by}. Let it finish, or end it with pg_terminate_backend, and start the server again. Nothing has been changed.`,
  )
}

function tooSlow(milliseconds: number, cause: unknown): Error {
  return new Error(
    `The tables could not be brought up to date: one step took longer than ${Math.round(milliseconds / 60_000)} minutes. Nothing has been changed. Give the database more room to work, or delete old imports with a shorter RETENTION_DAYS on the older server first.`,
    { cause },
  )
}
