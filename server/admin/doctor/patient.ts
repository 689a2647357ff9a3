import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '../../../shared/error-code.ts'

/** A person waits; what takes longer counts as no answer. */
export const ANSWER_MS = 15_000

/** Calls a URL of ours or of others, without following redirects. @throws Error as fetch does */
export function call(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS), ...init })
}

/** The code below what fetch throws: `ENOTFOUND`, `CERT_HAS_EXPIRED`; `TIMEOUT` when there was no answer in time. */
export function callFault(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'TIMEOUT'
  const cause = error instanceof Error ? error.cause : undefined
  return errorCode(cause) || errorCode(error) || 'NO_ANSWER'
}

/** @throws Error when the work is not done in time */
export async function inTime<T>(work: Promise<T>, milliseconds = ANSWER_MS): Promise<T> {
  const ended = new AbortController()
  const late = sleep(milliseconds, undefined, { signal: ended.signal }).then(() => {
    throw Object.assign(new Error('no answer in time'), { code: 'TIMEOUT' })
  })
  late.catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    ended.abort()
  }
}
