import { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import { toEndpoint } from './comlink-endpoint.ts'
import type { Answer, PgliteWorker } from './pglite-worker.ts'

/** No statement of ours takes this long: PGlite answers nothing any more once it cannot write its log. */
const MUTE_MILLISECONDS = 120_000

/** Values pass through the thread and are dropped: V8 would let them fill 50 MB and more before it looks. */
const YOUNG_MEGABYTES = 12

/** A thread with the embedded database in it. */
export type PgliteThread = ReturnType<typeof startPgliteThread>

/**
 * Starts a thread that opens the embedded database of a directory. When it dies, or cannot open it, all that
 * is asked of it is an error that passes, since a new thread may open it again.
 */
export function startPgliteThread(directory: string, onError: (error: Error) => void) {
  const thread = new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: { directory },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
  const remote = wrap<PgliteWorker>(toEndpoint(thread))
  let isDead = false
  let hasExited = false
  /** What tells those who wait for an answer that there will be none. */
  const waiting = new Set<() => void>()
  thread.on('error', onError)
  thread.on('exit', () => {
    isDead = true
    hasExited = true
    for (const giveUp of waiting) giveUp()
  })

  /**
   * Rejects when the thread ends first, and resolves with null when it is mute. A `Promise.race` with a promise
   * of the thread's end would do, but that promise would keep every answer for as long as the thread lives.
   */
  function whileAlive<T>(answering: Promise<T>): Promise<T | null> {
    if (hasExited) return Promise.reject(closedError())
    return new Promise<T | null>((resolve, reject) => {
      const mute = setTimeout(() => resolve(null), MUTE_MILLISECONDS).unref()
      function forget(): void {
        clearTimeout(mute)
        waiting.delete(giveUp)
      }
      function giveUp(): void {
        forget()
        reject(closedError())
      }
      waiting.add(giveUp)
      answering.finally(forget).then(resolve, reject)
    })
  }

  async function end(): Promise<void> {
    isDead = true
    await thread.terminate()
  }

  async function ask(answering: Promise<Answer>): Promise<unknown[]> {
    const answer = await whileAlive(answering)
    if (answer?.kind === 'rows') return answer.rows
    if (answer?.kind === 'failed') throw Object.assign(new Error(answer.message), { code: answer.code })
    await end()
    throw passingError(answer?.message ?? 'the embedded database did not answer')
  }

  return {
    isDead: () => isDead,
    query: (sql: string, values: readonly unknown[]) => ask(remote.query(sql, [...values])),
    execute: (script: string) => ask(remote.execute(script)),
    async close(): Promise<void> {
      await whileAlive(remote.close())
    },
    end,
  }
}

function closedError(): Error {
  return passingError('the embedded database is closed')
}

/** With PostgreSQL's code for a server that went down and may come again. */
function passingError(message: string): Error {
  return Object.assign(new Error(message), { code: '57P02' })
}
