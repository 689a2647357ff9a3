import { setTimeout as sleep } from 'node:timers/promises'
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
  const died = new Promise<never>((_, reject) => {
    thread.on('error', onError)
    // Who asks after the end must not wait for ever.
    thread.on('exit', () => {
      isDead = true
      reject(passingError('the embedded database is closed'))
    })
  })
  died.catch(() => undefined)

  async function end(): Promise<void> {
    isDead = true
    await thread.terminate()
  }

  async function ask(answering: Promise<Answer>): Promise<unknown[]> {
    const answered = new AbortController()
    const muteness = sleep(MUTE_MILLISECONDS, null, { signal: answered.signal, ref: false })
    const answer = await Promise.race([answering, died, muteness]).finally(() => {
      answered.abort()
      muteness.catch(() => undefined)
    })
    if (answer?.kind === 'rows') return answer.rows
    if (answer?.kind === 'failed') throw Object.assign(new Error(answer.message), { code: answer.code })
    await end()
    throw passingError(answer?.message ?? 'the embedded database did not answer')
  }

  return {
    isDead: () => isDead,
    query: (sql: string, values: readonly unknown[]) => ask(remote.query(sql, [...values])),
    execute: (script: string) => ask(remote.execute(script)),
    close: () => Promise.race([remote.close(), died, sleep(MUTE_MILLISECONDS, undefined, { ref: false })]),
    end,
  }
}

/** With PostgreSQL's code for a server that went down and may come again. */
function passingError(message: string): Error {
  return Object.assign(new Error(message), { code: '57P02' })
}
