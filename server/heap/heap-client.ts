import { Pool } from 'undici'
import { readAnswerText } from './answers/answer-text.ts'
import type { HeapAnswer } from './answers/heap-answer.ts'
import { readAnswer, readFailure } from './answers/heap-answer.ts'
import type { EntityLines } from './entity-lines.ts'
import type { HeapTarget } from './heap-target.ts'
import { requestEnvelope } from './heap-target.ts'

type HeapClientOptions = {
  /** HEAP_API_URL: `https://heapanalytics.com`, `https://c.eu.heap-api.com`, or any base URL. */
  apiUrl: string
  /** For a whole request with its answer, in milliseconds. */
  timeoutMs?: number
  connectTimeoutMs?: number
  /** Open connections at most; unset: as many as there are requests at once. */
  connections?: number
}

/** A request as it was sent, and what was answered: null while nothing has been. */
export type HeapExchange = { path: string; body: Buffer; answer: { status: number; text: string } | null }

export type HeapClient = ReturnType<typeof createHeapClient>

/** More of an answer's body is read to its end, but not kept. */
const KEPT_BODY_BYTES = 4096

/**
 * The client of Heap's bulk endpoints, over connections that are kept open. It sends a request once: retrying
 * is up to the queue, which outlives this process. Redirects are not followed, as rows go to no other host
 * than the one that was configured.
 */
export function createHeapClient({
  apiUrl,
  timeoutMs = 60_000,
  connectTimeoutMs = 10_000,
  connections,
}: HeapClientOptions) {
  const base = new URL(apiUrl)
  const basePath = base.pathname.replace(/\/+$/, '')
  const pool = new Pool(base.origin, {
    connect: { timeout: connectTimeoutMs },
    connections: connections ?? null,
    // The time-out of the whole request stands above these two.
    headersTimeout: 0,
    bodyTimeout: 0,
    // A connection of its own for every request: one that breaks does not take the others with it.
    allowH2: false,
  })

  /**
   * Sends entities as one bulk request. Never rejects: what goes wrong is in the answer.
   *
   * @param lines at most 1,000
   * @param signal ends the request early with a `failed` answer of the cause `aborted`
   * @param observe is shown the request, and once more with its answer
   */
  async function send(
    target: HeapTarget,
    lines: EntityLines,
    signal?: AbortSignal,
    observe?: (exchange: HeapExchange) => void,
  ): Promise<HeapAnswer> {
    if (signal?.aborted) return aborted()
    const { path, head, tail } = requestEnvelope(target)
    const ended = new AbortController()
    const end = () => ended.abort()
    const timer = setTimeout(end, timeoutMs)
    signal?.addEventListener('abort', end)
    const sent = { path: basePath + path, body: lines.within(head, tail) }
    observe?.({ ...sent, answer: null })
    try {
      const { statusCode, headers, body } = await pool.request({
        path: sent.path,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'looker-data-import-for-heap' },
        body: sent.body,
        signal: ended.signal,
      })
      const text = await readWhole(body)
      observe?.({ ...sent, answer: { status: statusCode, text } })
      const retryAfter = headers['retry-after']
      return readAnswer(
        statusCode,
        typeof retryAfter === 'string' ? retryAfter : retryAfter?.[0],
        text,
        () => readAnswerText(text, lines.texts()),
        Date.now(),
      )
    } catch (error) {
      if (signal?.aborted) return aborted()
      if (!ended.signal.aborted) return readFailure(error)
      return { kind: 'failed', cause: 'timeout', error: `No answer within ${timeoutMs / 1000} s` }
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
    }
  }

  return {
    send,
    /** Breaks off what is under way and closes all connections. */
    close: () => pool.destroy(),
  }
}

function aborted(): HeapAnswer {
  return { kind: 'failed', cause: 'aborted', error: 'The request was broken off' }
}

/** The beginning of a body; rejects when the body ends before its end. */
async function readWhole(body: AsyncIterable<Buffer>): Promise<string> {
  const kept: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    if (bytes < KEPT_BODY_BYTES) kept.push(chunk)
    bytes += chunk.length
  }
  return Buffer.concat(kept).subarray(0, KEPT_BODY_BYTES).toString()
}
