import pg from 'pg'
import type { BossDatabase, Database, Queryable, SqlRow, SqlValue, Transaction } from './database.ts'

/** Connections of one server process; the work is bound by Heap, not by the database. */
const POOL_SIZE = 8

/**
 * Opens a PostgreSQL server. Any number of server processes may share it.
 *
 * @param onError told of connections that break while nobody uses them; the pool replaces them
 */
export function openPostgres(connectionString: string, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // Half-open connections answer nothing: no statement of ours takes this long.
    query_timeout: 60_000,
    application_name: 'looker-data-import-for-heap',
  })
  pool.on('error', onError)
  return {
    engine: 'postgres',
    ...queryable(pool),
    transaction: (work) => runTransaction(pool, work),
    boss: bossOf(pool),
    close: () => pool.end(),
  }
}

function queryable(client: pg.Pool | pg.ClientBase): Queryable {
  return {
    query: async <R extends object = SqlRow>(sql: string, values: readonly SqlValue[] = []) => {
      const result = await client.query<R & pg.QueryResultRow>(sql, [...values])
      return result.rows
    },
  }
}

/** pg-boss issues blocks of several statements, which node-postgres answers with a list of results. */
function bossOf(client: pg.Pool | pg.ClientBase): BossDatabase {
  return {
    executeSql: async (text, values) => {
      const result: pg.QueryResult | pg.QueryResult[] = await client.query(text, values)
      return { rows: Array.isArray(result) ? result.flatMap((part) => part.rows) : result.rows }
    },
  }
}

async function runTransaction<T>(pool: pg.Pool, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query('begin')
    const result = await work({
      ...queryable(client),
      execute: async (script) => {
        await client.query(script)
      },
      boss: bossOf(client),
    })
    await client.query('commit')
    return result
  } catch (error) {
    // A connection that cannot even roll back is closed rather than handed to somebody else.
    await client.query('rollback').catch((failure: Error) => {
      broken = failure
    })
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}
