import { mkdir } from 'node:fs/promises'
import PQueue from 'p-queue'
import { fromPglite } from 'pg-boss'
import type { Database, SqlRow, SqlValue, Transaction } from './database.ts'
import { DATABASE_TIMING } from './database-timing.ts'
import type { PgliteThread } from './pglite-thread.ts'
import { startPgliteThread } from './pglite-thread.ts'

/**
 * Opens the embedded database in a directory, which is made when it does not exist. One process at a time
 * may have it open. It works in a thread of its own, so that rows are read meanwhile; a thread that dies is
 * replaced, and what was committed is there again.
 *
 * @param onError told when the thread dies
 */
export async function openPglite(directory: string, onError: (error: Error) => void): Promise<Database> {
  await mkdir(directory, { recursive: true })
  let thread = startPgliteThread(directory, onError)
  let closing: Promise<void> | undefined

  function living(): PgliteThread {
    if (thread.isDead() && closing === undefined) thread = startPgliteThread(directory, onError)
    return thread
  }

  // There is one session: a transaction keeps everybody else out of it until its end.
  const session = new PQueue({ concurrency: 1 })
  const ask = (sql: string, values: readonly unknown[] = []) => session.add(() => living().query(sql, values))

  await ask('select 1')
  return {
    engine: 'pglite',
    patienceMs: DATABASE_TIMING.patienceMs,
    query: async <R extends object = SqlRow>(sql: string, values?: readonly SqlValue[]) =>
      (await ask(sql, values)) as R[],
    transaction: (work) => session.add(() => runTransaction(living(), onError, work)),
    boss: fromPglite({
      query: async <T>(sql: string, values?: unknown[]) => ({ rows: (await ask(sql, values)) as T[] }),
      exec: (script) => session.add(async () => [{ rows: await living().execute(script) }]),
    }),
    ping: async () => {
      await ask('select 1')
    },
    close() {
      closing ??= session.add(() => thread.close()).finally(thread.end)
      return closing
    },
  }
}

async function runTransaction<T>(
  thread: PgliteThread,
  onError: (error: Error) => void,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const query = (sql: string, values: readonly unknown[] = []) => thread.query(sql, values)
  await thread.execute('begin')
  try {
    const result = await work({
      query: async <R extends object = SqlRow>(sql: string, values?: readonly SqlValue[]) =>
        (await query(sql, values)) as R[],
      execute: async (script) => {
        await thread.execute(script)
      },
      boss: { executeSql: async (sql, values) => ({ rows: await query(sql, values) }) },
    })
    await thread.execute('commit')
    return result
  } catch (error) {
    // What went wrong first says more than a rollback that fails for it.
    await thread.execute('rollback').catch(onError)
    throw error
  }
}
