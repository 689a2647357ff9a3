import { setFlagsFromString } from 'node:v8'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { expose } from 'comlink'
import { errorCode } from '../../../shared/error-code.ts'
import { toEndpoint } from './comlink-endpoint.ts'
import { pgliteSettings } from './pglite-settings.ts'
import { keepFilesPrivate } from './private-files.ts'

if (!parentPort) throw new Error('this file runs in a thread of open-pglite.ts')

// V8 would compile the functions of PostgreSQL that are used much a second time, to make them faster. For one
// of them it wants 600 MB of memory, at the start of every server, and the work is not done faster for it.
for (const flag of ['--no-wasm-dynamic-tiering', '--no-wasm-tier-up']) setFlagsFromString(flag)

keepFilesPrivate()
const { directory } = workerData as { directory: string }
const opening = PGlite.create({ dataDir: directory, startParams: pgliteSettings() })

/**
 * What became of a statement. PGlite's errors hold the statement and its values, which are cell values: only
 * message and code leave the thread.
 */
export type Answer =
  | { kind: 'rows'; rows: unknown[] }
  | { kind: 'failed'; message: string; code: string }
  /** The directory could not be opened, so that nothing can be asked of this thread. */
  | { kind: 'unopened'; message: string }

/** What the other threads may ask of the embedded database. */
const worker = {
  /** Runs one statement. */
  query: (sql: string, values: unknown[]) =>
    answer(async (pglite) => {
      const { rows } = await pglite.query(sql, values)
      return rows
    }),
  /** Runs a script of several statements; the rows are those of all of them. */
  execute: (script: string) =>
    answer(async (pglite) => {
      const results = await pglite.exec(script)
      return results.flatMap(({ rows }) => rows)
    }),
  async close(): Promise<void> {
    const pglite = await opening
    await pglite.close()
  },
}

async function answer(ask: (pglite: PGlite) => Promise<unknown[]>): Promise<Answer> {
  let pglite: PGlite
  try {
    pglite = await opening
  } catch (error) {
    return { kind: 'unopened', message: messageOf(error) }
  }
  try {
    return { kind: 'rows', rows: await ask(pglite) }
  } catch (error) {
    return { kind: 'failed', message: messageOf(error), code: errorCode(error) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export type PgliteWorker = typeof worker

expose(worker, toEndpoint(parentPort))
