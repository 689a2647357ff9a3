/** The first pause is at most this long. */
const BASE_DELAY_MS = 1_000

/** No pause of ours is longer: Heap may be back at any time. */
export const MAX_DELAY_MS = 5 * 60_000

/** A longer Retry-After is cut to this, so that one odd header cannot stop an environment for a day. */
export const MAX_RETRY_AFTER_MS = 60 * 60_000

export type RetryTiming = { baseMs: number; maxMs: number; maxRetryAfterMs: number }

export const RETRY_TIMING: RetryTiming = {
  baseMs: BASE_DELAY_MS,
  maxMs: MAX_DELAY_MS,
  maxRetryAfterMs: MAX_RETRY_AFTER_MS,
}

/**
 * How long to wait before trying again, in milliseconds: exponential back-off with full jitter, which spreads
 * retries of many workers best (AWS, "Exponential Backoff And Jitter"). Never shorter than what Heap asked
 * for.
 *
 * @param failures how often it has failed so far, from 1
 * @param random in [0, 1)
 */
export function retryDelayMs(
  failures: number,
  retryAfterMs = 0,
  random: () => number = Math.random,
  { baseMs, maxMs, maxRetryAfterMs }: RetryTiming = RETRY_TIMING,
): number {
  const ceiling = Math.min(maxMs, baseMs * 2 ** Math.max(0, failures - 1))
  return Math.min(retryAfterMs, maxRetryAfterMs) + Math.floor(random() * ceiling)
}

/** A day of the week and a time, as in every HTTP date (RFC 9110): `Date.parse` takes almost anything. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? .*\d\d:\d\d:\d\d/

/**
 * The pause that a `Retry-After` header asks for, in milliseconds from `now`, from 0 to one hour. It is
 * written in seconds or as an HTTP date in one of three formats; anything else is no header at all.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? ''
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_RETRY_AFTER_MS)
  if (!HTTP_DATE.test(text)) return undefined
  // The oldest of the three formats does not name its time zone; it is GMT as well.
  const time = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`)
  return Number.isNaN(time) ? undefined : Math.min(Math.max(time - now, 0), MAX_RETRY_AFTER_MS)
}
