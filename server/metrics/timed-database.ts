import type { BossDatabase, Database, Transaction } from '../database/engine/database.ts'
import type { DatabaseMetrics, DatabaseWork } from './database-metrics.ts'

/** The same database, with a clock: every statement and transaction is measured as who asks waits for it. */
export function timedDatabase(database: Database, metrics: DatabaseMetrics): Database {
  async function timed<T>(work: DatabaseWork, ask: () => Promise<T>): Promise<T> {
    const begunAt = performance.now()
    try {
      return await ask()
    } catch (error) {
      metrics.failed(work)
      throw error
    } finally {
      metrics.took(work, (performance.now() - begunAt) / 1_000)
    }
  }

  // What else pg-boss may find on it stays as it is.
  const boss: BossDatabase = Object.assign(Object.create(database.boss), {
    executeSql: (text: string, values?: unknown[]) =>
      timed('queue', () => database.boss.executeSql(text, values)),
  })
  return {
    ...database,
    boss,
    query: (sql, values) => timed('statement', () => database.query(sql, values)),
    transaction: <T>(work: (transaction: Transaction) => Promise<T>) =>
      timed('transaction', () => database.transaction(work)),
  }
}
