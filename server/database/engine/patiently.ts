import pRetry from 'p-retry'
import { errorCode } from '../../../shared/error-code.ts'
import { DATABASE_TIMING } from './database-timing.ts'

const LONGEST_PAUSE_MILLISECONDS = 5_000

/**
 * Error codes that pass: connection failures (class 08), resources such as a full disk (53), an operator's
 * intervention such as a restart (57P), serialization failures and deadlocks (40), a server that became a
 * standby (25006), a transaction that was idle for too long (25P03), a statement that was (57014), of
 * PostgreSQL; and those of the socket.
 */
const PASSING =
  /^(?:08|53|57P|40|25006|25P03|57014)|^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/

/** What node-postgres says, without a code, when a connection is gone, too slow to come, or mute. */
const PASSING_TEXT =
  /connection terminated|connection timeout|timeout exceeded|timeout expired|query read timeout|not queryable/i

/** May the same statement succeed when it is tried again in a moment? */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return PASSING.test(errorCode(error)) || PASSING_TEXT.test(error.message)
}

/**
 * Does something with the database, again and again while it cannot be reached, for at most 90 seconds.
 *
 * @param work must be harmless when it is repeated, also when its first commit went through unnoticed
 */
export function patiently<T>(
  work: () => Promise<T>,
  milliseconds = DATABASE_TIMING.patienceMs,
  mayRetry: (error: Error) => boolean = isPassing,
): Promise<T> {
  return pRetry(work, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 200,
    maxTimeout: LONGEST_PAUSE_MILLISECONDS,
    maxRetryTime: milliseconds,
    randomize: true,
    shouldRetry: ({ error }) => mayRetry(error),
  })
}
