import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import PQueue from 'p-queue'
import { fromPglite } from 'pg-boss'
import type { CompiledPostgres } from './compile-postgres.ts'
import type { Database, SqlRow, SqlValue, Transaction } from './database.ts'
import { DATABASE_TIMING } from './database-timing.ts'
import { pgliteLineage } from './pglite-lineage.ts'
import type { PgliteThread } from './pglite-thread.ts'
import { makePglite, startPgliteThread } from './pglite-thread.ts'
import type { Upkeep } from './upkeep.ts'
import { createUpkeep, UPKEEP_PRIORITY, URGENT_PRIORITY } from './upkeep.ts'

/** By what the session knows the step of the upkeep that waits for it. */
const UPKEEP = 'upkeep'

/**
 * Opens the embedded database in a directory, which is made when it does not exist. One process at a time
 * may have it open. It works in a thread of its own, so that rows are read meanwhile; a thread that dies is
 * replaced, and what was committed is there again.
 *
 * @param onError told when the thread dies
 */
export async function openPglite(directory: string, onError: (error: Error) => void): Promise<Database> {
  const compiled = await makeIfMissing(directory)
  let thread = startPgliteThread(directory, onError, compiled)
  let closing: Promise<void> | undefined

  function living(): PgliteThread {
    if (thread.isDead() && closing === undefined) thread = startPgliteThread(directory, onError)
    return thread
  }

  // There is one session: a transaction keeps everybody else out of it until its end.
  const session = new PQueue({ concurrency: 1 })
  const upkeep = createUpkeep({
    step: (sql) => session.add(() => living().query(sql, []), { id: UPKEEP, priority: UPKEEP_PRIORITY }),
    hurry: () => hurry(session),
    onError,
  })

  async function ask(sql: string, values: readonly unknown[] = []): Promise<unknown[]> {
    if (!onlyReads(sql)) upkeep.count(characters(values))
    return session.add(() => living().query(sql, values))
  }

  await ask('select 1')
  const lineage = await pgliteLineage(directory)
  return {
    engine: 'pglite',
    patienceMs: DATABASE_TIMING.patienceMs,
    query: async <R extends object = SqlRow>(sql: string, values?: readonly SqlValue[]) =>
      (await ask(sql, values)) as R[],
    transaction: (work) => session.add(() => runTransaction(living(), upkeep, onError, work)),
    boss: fromPglite({
      query: async <T>(sql: string, values?: unknown[]) => ({ rows: (await ask(sql, values)) as T[] }),
      exec: (script) => session.add(async () => [{ rows: await living().execute(script) }]),
    }),
    ping: async () => {
      await ask('select 1')
    },
    lineage: async () => lineage,
    tidy: upkeep.tidy,
    close() {
      upkeep.stop()
      closing ??= session.add(() => thread.close()).finally(thread.end)
      return closing
    },
  }
}

/** Who looks at pages all day makes nothing due, and need not wait while it is looked for. */
function onlyReads(sql: string): boolean {
  return /^\s*select\b/i.test(sql)
}

/** A directory appears in its place when all is in it: a database that was half made could never be opened. */
async function makeIfMissing(directory: string): Promise<CompiledPostgres | undefined> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if ((await readdir(directory)).length > 0) return undefined
  const unfinished = `${directory}.new`
  await rm(unfinished, { recursive: true, force: true })
  const compiled = await makePglite(unfinished)
  await rename(unfinished, directory)
  return compiled
}

/** What statements leave behind grows with what they are given; all that is large is text. */
function characters(values: readonly unknown[]): number {
  return values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)
}

/** The step of the upkeep that waits, if it still does, goes before everybody else. */
function hurry(session: PQueue): void {
  try {
    session.setPriority(UPKEEP, URGENT_PRIORITY)
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
  }
}

async function runTransaction<T>(
  thread: PgliteThread,
  upkeep: Upkeep,
  onError: (error: Error) => void,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const query = (sql: string, values: readonly unknown[] = []) => {
    upkeep.count(characters(values))
    return thread.query(sql, values)
  }
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
