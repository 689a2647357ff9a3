import { setTimeout as sleep } from 'node:timers/promises'

/** However many ask, nothing is read more often. */
const KEPT_MILLISECONDS = 500

/** What takes long to read is read so much less often: it costs the database a tenth of its time at most. */
const KEPT_TIMES_AS_LONG = 10

/** Whoever asks for metrics waits no longer than that. */
const PATIENCE_MILLISECONDS = 3_000

type Options = { keptMs?: number; patienceMs?: number; now?: () => number }

/**
 * Makes a reader that is kind to what it reads from: one reading at a time, shared by all who ask, and kept for
 * a while.
 *
 * @returns undefined from a reading that failed or takes too long
 */
export function createSparingReader<T>(
  read: () => Promise<T>,
  {
    keptMs = KEPT_MILLISECONDS,
    patienceMs = PATIENCE_MILLISECONDS,
    now = () => performance.now(),
  }: Options = {},
): () => Promise<T | undefined> {
  let kept: { value: T | undefined; until: number } | undefined
  let reading: Promise<T | undefined> | undefined

  async function readAgain(): Promise<T | undefined> {
    const begunAt = now()
    const value = await read().catch(() => undefined)
    const endedAt = now()
    kept = { value, until: endedAt + Math.max(keptMs, (endedAt - begunAt) * KEPT_TIMES_AS_LONG) }
    reading = undefined
    return value
  }

  return async () => {
    if (kept && kept.until > now()) return kept.value
    reading ??= readAgain()
    const answered = new AbortController()
    const late = sleep(patienceMs, undefined, { signal: answered.signal }).catch(() => undefined)
    const value = await Promise.race([reading, late])
    answered.abort()
    return value
  }
}
