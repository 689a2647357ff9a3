import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Postgrator from 'postgrator'
import packageJson from '../../package.json' with { type: 'json' }
import type { Database, Transaction } from './engine/database.ts'

/** Any number that no other user of the database locks: the letters "heap" in ASCII. */
const MIGRATION_LOCK = 0x68656170

const DIRECTORY = join(import.meta.dirname, 'migrations')

/** The number of the newest migration that this server brings: what its tables are like. */
export const SCHEMA_VERSION = Math.max(...readdirSync(DIRECTORY).map((name) => Number.parseInt(name, 10)))

/**
 * Applies the migrations that have not been applied, all in one transaction. The lock makes it safe when
 * several processes start at once.
 *
 * @throws Error when a newer server has changed the tables already
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    await refuseNewerTables(transaction)
    const postgrator = new Postgrator({
      driver: 'pg',
      schemaTable: 'schema_migrations',
      migrationPattern: join(DIRECTORY, '*.sql'),
      execQuery: async (sql) => ({ rows: await transaction.query(sql) }),
      execSqlScript: transaction.execute,
    })
    await postgrator.migrate()
  })
}

/** An older server would not know what the newer one keeps, and could lose it. */
async function refuseNewerTables(transaction: Transaction): Promise<void> {
  const [table] = await transaction.query<{ name: string | null }>(
    "select to_regclass('schema_migrations')::text as name",
  )
  if (!table?.name) return
  const [row] = await transaction.query<{ version: number | null }>(
    'select max(version)::int as version from schema_migrations',
  )
  const version = row?.version ?? 0
  if (version <= SCHEMA_VERSION) return
  throw new Error(
    `The database was set up by a newer server: its tables have version ${version}, and this server (${packageJson.version}) knows version ${SCHEMA_VERSION}. Start the newer server again, or give this one another database.`,
  )
}
