import pg from 'pg'
import type { BossDatabase, Database, Queryable, SqlRow, SqlValue, Transaction } from './database.ts'
import type { DatabaseTiming } from './database-timing.ts'
import { isPassing } from './patiently.ts'
import { postgresLineage } from './postgres-lineage.ts'

/** Connections of one server process; the work is bound by Heap, not by the database. */
const POOL_SIZE = 8

/** Scripts are migrations: a large table takes its time. */
const SCRIPT_MILLISECONDS = 15 * 60_000

/**
 * Opens a PostgreSQL server. Any number of server processes may share it.
 *
 * @param onError told of connections that break while nobody uses them; the pool replaces them
 */
export function openPostgres(
  connectionString: string,
  onError: (error: Error) => void,
  timing: DatabaseTiming,
): Database {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: timing.connectMs,
    keepAlive: true,
    query_timeout: timing.statementMs,
    application_name: 'looker-data-import-for-heap',
  })
  pool.on('error', onError)
  return {
    engine: 'postgres',
    patienceMs: timing.patienceMs,
    ...queryable(pool),
    transaction: (work) => runTransaction(pool, timing.idleTransactionMs, work),
    boss: bossOf(pool),
    async ping(milliseconds) {
      // A mute connection must not stay in the pool until its long time-out, as this is asked again and again.
      await pool.query(withTimeout('select 1', milliseconds))
    },
    lineage: () => postgresLineage(queryable(pool)),
    tidy: async () => undefined,
    close: () => pool.end(),
  }
}

/** The types of node-postgres leave this option out. */
function withTimeout(text: string, milliseconds: number): pg.QueryConfig & { query_timeout: number } {
  return { text, query_timeout: milliseconds }
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

async function runTransaction<T>(
  pool: pg.Pool,
  idleMs: number,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    // Without the limit, the locks of a process that was cut off would stay for hours.
    await client.query(`begin; set local idle_in_transaction_session_timeout = ${idleMs}`)
    const result = await work({
      ...queryable(client),
      execute: async (script) => {
        await client.query(withTimeout(script, SCRIPT_MILLISECONDS))
      },
      boss: bossOf(client),
    })
    await client.query('commit')
    return result
  } catch (error) {
    broken ??= await rollBack(client, error)
    throw error
  } finally {
    client.off('error', onError)
    client.release(broken)
  }
}

/**
 * Rolls back, unless the connection is mute or gone: then waiting for an answer would cost another time-out.
 *
 * @returns why the connection is to be closed rather than handed to somebody else
 */
async function rollBack(client: pg.ClientBase, reason: unknown): Promise<Error | undefined> {
  if (reason instanceof Error && !(reason instanceof pg.DatabaseError) && isPassing(reason)) return reason
  try {
    await client.query('rollback')
    return undefined
  } catch (failure) {
    return failure instanceof Error ? failure : new Error('the transaction could not be rolled back')
  }
}
