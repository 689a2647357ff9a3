import { Worker } from 'node:worker_threads'
import { wrap } from 'comlink'
import { toEndpoint } from './comlink-endpoint.ts'
import type { CompiledPostgres } from './compile-postgres.ts'
import type { Answer, PgliteWorker } from './pglite-worker.ts'

/** No statement of ours takes this long: PGlite answers nothing any more once it cannot write its log. */
const MUTE_MILLISECONDS = 120_000

/** Values pass through the thread and are dropped: V8 would let them fill 50 MB and more before it looks. */
const YOUNG_MEGABYTES = 12

/** A thread that has nothing to do yet. */
let spare: Worker | undefined

/**
 * Starts a thread for the embedded database before it is known where that is: it loads and compiles PostgreSQL
 * while the server loads its modules. It keeps no process alive.
 */
export function prepareThread(): void {
  const thread = newWorker()
  spare = thread
  thread.unref()
  // The one that is then started in its place says what is wrong.
  thread.on('error', () => {
    if (spare === thread) spare = undefined
  })
}

function takeWorker(compiled: CompiledPostgres | undefined): Worker {
  const thread = spare ?? newWorker(compiled)
  spare = undefined
  thread.ref()
  return thread
}

function newWorker(compiled?: CompiledPostgres): Worker {
  return new Worker(new URL('./pglite-worker.ts', import.meta.url), {
    workerData: { compiled },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  })
}

/**
 * Makes an embedded database where there is none, in a thread that ends with it: making one takes three
 * PostgreSQLs, and the memory of a thread is only given back when it ends.
 *
 * @returns PostgreSQL as it was compiled, for the thread that opens the database
 */
export async function makePglite(directory: string): Promise<CompiledPostgres> {
  const thread = takeWorker(undefined)
  const ended = new Promise<never>((_, reject) => {
    thread.on('error', reject)
    thread.on('exit', () => reject(new Error('the thread that was to make the embedded database has ended')))
  })
  // It ends later, when nobody waits for it any more.
  ended.catch(() => undefined)
  try {
    const made = await Promise.race([wrap<PgliteWorker>(toEndpoint(thread)).make(directory), ended])
    if (typeof made === 'string') throw new Error(made)
    return made
  } finally {
    await thread.terminate()
  }
}

/** A thread with the embedded database in it. */
export type PgliteThread = ReturnType<typeof startPgliteThread>

/**
 * Starts a thread that opens the embedded database of a directory. When it dies, or cannot open it, all that
 * is asked of it is an error that passes, since a new thread may open it again.
 */
export function startPgliteThread(
  directory: string,
  onError: (error: Error) => void,
  compiled?: CompiledPostgres,
) {
  const thread = takeWorker(compiled)
  const remote = wrap<PgliteWorker>(toEndpoint(thread))
  const opening = remote.open(directory)
  // The thread may end before it has read this; those who wait for an answer are told.
  opening.catch(() => undefined)
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
