import pRetry from 'p-retry'

/**
 * How long a database may be away without an import noticing: a restart or a failover takes less, and
 * Looker's download, which waits meanwhile, stays open for longer.
 */
const PATIENCE_MILLISECONDS = 90_000

const LONGEST_PAUSE_MILLISECONDS = 5_000

/**
 * Error codes that pass: connection failures (class 08), resources such as a full disk (53), an operator's
 * intervention such as a restart (57P), serialization failures and deadlocks (40), of PostgreSQL; and those
 * of the socket.
 */
const PASSING =
  /^(?:08|53|57P|40)|^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/

/** What node-postgres says, without a code, when a connection is gone, too slow to come, or mute. */
const PASSING_TEXT =
  /connection terminated|connection timeout|timeout exceeded|query read timeout|not queryable/i

/** May the same statement succeed when it is tried again in a moment? */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return PASSING.test(code) || PASSING_TEXT.test(error.message)
}

/**
 * Does something with the database, again and again while it cannot be reached, for at most 90 seconds.
 *
 * @param work must be harmless when it is repeated, also when its first commit went through unnoticed
 */
export function patiently<T>(work: () => Promise<T>, milliseconds = PATIENCE_MILLISECONDS): Promise<T> {
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 200,
    maxTimeout: LONGEST_PAUSE_MILLISECONDS,
    maxRetryTime: milliseconds,
    randomize: true,
    shouldRetry: ({ error }) => isPassing(error),
  })
}
