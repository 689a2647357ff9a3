import { mkdir } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { fromPglite } from 'pg-boss'
import type { Database, SqlRow, SqlValue, Transaction } from './database.ts'

/** What PGlite's database and its transactions have in common, as far as it is used here. */
type PgliteSession = {
  query: (sql: string, values?: unknown[]) => Promise<{ rows: unknown[] }>
  exec: (script: string) => Promise<unknown>
}

/**
 * Opens the embedded database in a directory, which is made when it does not exist. One process at a time
 * may have it open.
 */
export async function openPglite(directory: string): Promise<Database> {
  await mkdir(directory, { recursive: true })
  const pglite = await PGlite.create({ dataDir: directory })
  return {
    engine: 'pglite',
    query: async <R extends object = SqlRow>(sql: string, values: readonly SqlValue[] = []) => {
      const result = await pglite.query<R>(sql, [...values])
      return result.rows
    },
    transaction: <T>(work: (transaction: Transaction) => Promise<T>) =>
      pglite.transaction((session) => work(wrapTransaction(session))),
    boss: fromPglite(pglite),
    close: () => pglite.close(),
  }
}

function wrapTransaction(session: PgliteSession): Transaction {
  return {
    query: async <R extends object = SqlRow>(sql: string, values: readonly SqlValue[] = []) => {
      const result = await session.query(sql, [...values])
      return result.rows as R[]
    },
    execute: async (script) => {
      await session.exec(script)
    },
    boss: { executeSql: (text, values) => session.query(text, values) },
  }
}
