import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { expose } from 'comlink'
import { toEndpoint } from './comlink-endpoint.ts'

if (!parentPort) throw new Error('this file runs in a thread of open-pglite.ts')
const { directory } = workerData as { directory: string }
const opening = PGlite.create({ dataDir: directory })

/** What the other threads may ask of the embedded database. */
const worker = {
  /** Runs one statement. @returns its rows */
  async query(sql: string, values: unknown[]): Promise<unknown[]> {
    const pglite = await opening
    const { rows } = await pglite.query(sql, values)
    return rows
  },
  /** Runs a script of several statements. @returns the rows of all of them */
  async execute(script: string): Promise<unknown[]> {
    const pglite = await opening
    const results = await pglite.exec(script)
    return results.flatMap(({ rows }) => rows)
  },
  async close(): Promise<void> {
    const pglite = await opening
    await pglite.close()
  },
}

export type PgliteWorker = typeof worker

expose(worker, toEndpoint(parentPort))
