import { parseRetryAfter } from './retry-timing.ts'

/**
 * What became of one request, as far as it is known. No text in it holds a cell value, except by an echo
 * that `readAnswerText` could not recognize.
 */
export type HeapAnswer =
  /** A 2xx that was received whole; every entity of the request counts as delivered. */
  | { kind: 'accepted' }
  /** 400, 422: at least one entity is guilty; Heap does not say which. Not worth repeating as it is. */
  | { kind: 'refused'; status: number; text: string }
  /** 413 */
  | { kind: 'too_large'; status: 413; text: string }
  /** Any other 3xx or 4xx (wrong host, no access, ...): about the request, not its entities. */
  | { kind: 'denied'; status: number; text: string }
  /** Nothing is known to have arrived; worth repeating later. */
  | FailedAnswer

export type FailedAnswer = {
  kind: 'failed'
  cause: 'status' | 'timeout' | 'connection' | 'aborted'
  /** A short text for people and logs. */
  error: string
  /** Only for the cause `status`. */
  status?: number
  /** What Heap asks for: 0 to one hour. */
  retryAfterMs?: number
}

/** 4xx that say "later" and not "wrong". */
const TRANSIENT = new Set([408, 425, 429])

/**
 * Sorts an answer that was received whole. Heap documents 200 and 400 only; every other status is read as
 * HTTP defines it. Whatever a 2xx carries is fine: Heap's endpoints answer `{}`, `OK` or nothing.
 *
 * @param readText called only when the text is needed
 * @param now milliseconds, for a Retry-After with a date
 */
export function readAnswer(
  status: number,
  retryAfter: string | undefined,
  readText: () => string,
  now: number,
): HeapAnswer {
  if (status >= 200 && status < 300) return { kind: 'accepted' }
  if (status === 400 || status === 422) return { kind: 'refused', status, text: readText() }
  if (status === 413) return { kind: 'too_large', status, text: readText() }
  if (status >= 300 && status < 500 && !TRANSIENT.has(status)) {
    return { kind: 'denied', status, text: readText() }
  }
  const failed: FailedAnswer = { kind: 'failed', cause: 'status', error: `HTTP ${status}`, status }
  const retryAfterMs = parseRetryAfter(retryAfter, now)
  return retryAfterMs === undefined ? failed : { ...failed, retryAfterMs }
}

/** An answer that did not come, or not whole: only the error's code is kept, never its text. */
export function readFailure(error: unknown): FailedAnswer {
  const code = errorCode(error) ?? 'unknown error'
  if (code.includes('TIMEOUT') || code === 'ETIMEDOUT') {
    return { kind: 'failed', cause: 'timeout', error: `No answer in time (${code})` }
  }
  return { kind: 'failed', cause: 'connection', error: `The connection failed (${code})` }
}

/** Node reports several addresses tried in vain as one error that holds the others. */
function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  return errorCode(inner) ?? error.name
}
