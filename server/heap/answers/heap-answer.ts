import { parseRetryAfter } from '../pace/retry-timing.ts'
import type { NoAnswer, StatusVerdict } from './status-verdicts.ts'
import { noAnswerVerdict, statusVerdict } from './status-verdicts.ts'

/**
 * What became of one request, as far as it is known. No text in it holds a cell value, except by an echo
 * that `readAnswerText` could not recognize.
 */
export type HeapAnswer =
  /** A 2xx that was received whole; every entity of the request counts as delivered. */
  | { kind: 'accepted' }
  /** At least one entity is guilty; Heap does not say which. Not worth repeating as it is. */
  | { kind: 'refused'; status: number; text: string }
  /** The request is too large, which a single entity cannot be helped for. */
  | { kind: 'too_large'; status: number; text: string }
  /** Nothing is known to have arrived; worth repeating later. */
  | FailedAnswer

export type FailedAnswer = {
  kind: 'failed'
  /** `denied`: the request was turned away, whatever is in it. `status`: Heap is sick or asks to wait. */
  cause: 'denied' | 'status' | NoAnswer
  /** A short text for people and logs. */
  error: string
  /** When there was an answer. */
  status?: number
  /** What Heap asks for: 0 to one hour. */
  retryAfterMs?: number
}

/** What stands in the place of a status when a login or another page of a network answers for Heap (RFC 6585). */
const NETWORK_AUTHENTICATION_REQUIRED = 511

/**
 * Sorts an answer that was received whole. A 2xx counts whatever it carries, as Heap's endpoints answer `{}`,
 * `OK` or nothing and promise none of it; but a web page never comes from them, so that Heap has not got the
 * rows.
 *
 * @param body its beginning, as it came
 * @param readText its text without cell values; called only when it is needed
 * @param now milliseconds, for a Retry-After with a date
 */
export function readAnswer(
  status: number,
  retryAfter: string | undefined,
  body: string,
  readText: () => string,
  now: number,
): HeapAnswer {
  const { judges } = statusVerdict(status)
  if (judges === 'nothing') return isWebPage(body) ? answeredByPage(status) : { kind: 'accepted' }
  if (judges === 'rows') return { kind: 'refused', status, text: readText() }
  if (judges === 'size') return { kind: 'too_large', status, text: readText() }
  const failed: FailedAnswer =
    judges === 'request'
      ? { kind: 'failed', cause: 'denied', error: `HTTP ${status} ${readText()}`.trim(), status }
      : { kind: 'failed', cause: 'status', error: `HTTP ${status}`, status }
  const retryAfterMs = parseRetryAfter(retryAfter, now)
  return retryAfterMs === undefined ? failed : { ...failed, retryAfterMs }
}

function isWebPage(body: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype|html|head|body|\?xml)/i.test(body)
}

function answeredByPage(status: number): FailedAnswer {
  const error = `HTTP ${status} with a web page instead of Heap's answer`
  return { kind: 'failed', cause: 'denied', error, status: NETWORK_AUTHENTICATION_REQUIRED }
}

/** What a failure means for the rows and the requests that follow. */
export function failureVerdict({ cause, status }: FailedAnswer): StatusVerdict {
  if (cause === 'denied' || cause === 'status') return statusVerdict(status ?? 0)
  return noAnswerVerdict(cause)
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
