import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Postgrator from 'postgrator'
import type { Database } from '../database/engine/database.ts'

const MIGRATIONS = join(import.meta.dirname, '../database/migrations/*.sql')

/** `003.sql`: rows as the release with migration 003 has left them, in all that it had made or changed. */
const ROWS = join(import.meta.dirname, 'earlier-rows')

/** Throws away our tables, and makes those of an earlier version with the rows of all releases up to it. */
export async function makeEarlierTables(database: Database, version: number): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute('drop schema public cascade; create schema public')
    const postgrator = new Postgrator({
      driver: 'pg',
      schemaTable: 'schema_migrations',
      migrationPattern: MIGRATIONS,
      execQuery: async (sql) => ({ rows: await transaction.query(sql) }),
      execSqlScript: transaction.execute,
    })
    for (let step = 1; step <= version; step += 1) {
      await postgrator.migrate(String(step))
      const rows = join(ROWS, `${String(step).padStart(3, '0')}.sql`)
      if (existsSync(rows)) await transaction.execute(await readFile(rows, 'utf8'))
    }
  })
}
