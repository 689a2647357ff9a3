import { errorCode } from '../shared/error-code.ts'

/** Causes of causes that are told. */
const MOST_CAUSES = 3

/** What a log line says of an error. */
type LoggedError = {
  type: string
  code?: string
  message: string
  /** Places in the code, without the message. */
  stack: string
  cause?: LoggedError
}

/**
 * Reduces an error to what may stand in a log. The other properties of errors can hold what must not: those
 * of a database the values of a row (`detail`, `where`, `params`), those of an invalid URL its password.
 */
export function serializeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error', stack: '' }
  const code = errorCode(error)
  return {
    type: error.name,
    ...(code === '' ? {} : { code }),
    message: safeMessage(error, code),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n'),
    ...(error.cause === undefined || depth === MOST_CAUSES
      ? {}
      : { cause: serializeError(error.cause, depth + 1) }),
  }
}

function safeMessage({ name, message }: Error, code: string): string {
  // "Unexpected token ... in ..." and "invalid input syntax for type ...: ..." quote what they could not read.
  if (name === 'SyntaxError') return 'a text could not be read'
  if (/^22[0-9A-Z]{3}$/.test(code)) return 'a value does not fit the database'
  return message
}
