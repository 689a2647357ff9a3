import { join } from 'node:path'
import Postgrator from 'postgrator'
import type { Database } from './database.ts'

/** Any number that no other user of the database locks: the letters "heap" in ASCII. */
const MIGRATION_LOCK = 0x68656170

/**
 * Applies the migrations that have not been applied, all in one transaction. The lock makes it safe when
 * several processes start at once.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const postgrator = new Postgrator({
      driver: 'pg',
      schemaTable: 'schema_migrations',
      migrationPattern: join(import.meta.dirname, 'migrations', '*.sql'),
      execQuery: async (sql) => ({ rows: await transaction.query(sql) }),
      execSqlScript: transaction.execute,
    })
    await postgrator.migrate()
  })
}
