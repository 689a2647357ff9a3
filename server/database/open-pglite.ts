import { mkdir } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import PQueue from 'p-queue'
import { fromPglite } from 'pg-boss'
import { toEndpoint } from './comlink-endpoint.ts'
import type { Database, SqlRow, SqlValue } from './database.ts'
import type { PgliteWorker } from './pglite-worker.ts'

/**
 * Opens the embedded database in a directory, which is made when it does not exist. One process at a time
 * may have it open. It works in a thread of its own, so that rows are read meanwhile.
 *
 * @param onError told when the thread dies; nothing can be done with the database after that
 */
export async function openPglite(directory: string, onError: (error: Error) => void): Promise<Database> {
  await mkdir(directory, { recursive: true })
  const thread = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData: { directory } })
  const died = new Promise<never>((_, reject) => {
    thread.on('error', (error: Error) => {
      onError(error)
      reject(error)
    })
    // Who asks after the end must not wait for ever.
    thread.on('exit', () => reject(new Error('the embedded database is closed')))
  })
  died.catch(() => undefined)
  const remote = wrap<PgliteWorker>(toEndpoint(thread))
  const query = async <R extends object = SqlRow>(sql: string, values: readonly unknown[] = []) =>
    (await Promise.race([remote.query(sql, [...values]), died])) as R[]
  const execute = (script: string) => Promise.race([remote.execute(script), died])
  const executeSql = async (sql: string, values?: unknown[]) => ({ rows: await query(sql, values) })

  let closing: Promise<void> | undefined

  // There is one session: a transaction keeps everybody else out of it until its end.
  const session = new PQueue({ concurrency: 1 })
  await session.add(() => query('select 1'))
  return {
    engine: 'pglite',
    query: <R extends object = SqlRow>(sql: string, values?: readonly SqlValue[]) =>
      session.add(() => query<R>(sql, values)),
    transaction: (work) =>
      session.add(async () => {
        await execute('begin')
        try {
          const result = await work({
            query,
            execute: async (script) => {
              await execute(script)
            },
            boss: { executeSql },
          })
          await execute('commit')
          return result
        } catch (error) {
          await execute('rollback')
          throw error
        }
      }),
    boss: fromPglite({
      query: <T>(sql: string, values?: unknown[]) =>
        session.add(async () => ({ rows: (await query(sql, values)) as T[] })),
      exec: (script) => session.add(async () => [{ rows: await execute(script) }]),
    }),
    close: () => {
      closing ??= session.add(() => Promise.race([remote.close(), died])).finally(() => thread.terminate())
      return closing
    },
  }
}
