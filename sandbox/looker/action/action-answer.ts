import { isRecord } from '../../../shared/is-record.ts'

/** What Looker makes of an action's answer to an execute. */
type ReadAnswer = { status: 'success' | 'failure'; message: string }

/** The text that users get when an action's answer cannot be understood (reported by authors of actions). */
const NOT_EXECUTED = 'The action could not be executed'

/** Most of a body that goes into a message. */
const MAX_QUOTED = 300

/**
 * Reads the answer to an execute: JSON with a `looker` wrapper, with white space before it while it lasted.
 * A status other than 200 becomes a text with the URL and the body (observed), anything that is not the
 * documented shape a failure, as values outside the wrapper count for nothing (observed).
 */
export function readAnswer(url: string, status: number, body: string): ReadAnswer {
  if (status !== 200) return failure(`${url} answered ${status}: ${quote(body)}`)
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return failure(`${NOT_EXECUTED}: the answer is no JSON: ${quote(body)}`)
  }
  const looker = isRecord(json) ? json.looker : undefined
  if (!isRecord(looker)) return failure(`${NOT_EXECUTED}: the answer has no "looker" object: ${quote(body)}`)
  const { success, message, validation_errors: validationErrors } = looker
  if (typeof success !== 'boolean') {
    return failure(`${NOT_EXECUTED}: "looker.success" is neither true nor false`)
  }
  if (message !== undefined && message !== null && typeof message !== 'string') {
    return failure(`${NOT_EXECUTED}: "looker.message" is no text`)
  }
  if (success) return { status: 'success', message: message ?? '' }
  if (validationErrors !== undefined && validationErrors !== null && !message) return failure(NOT_EXECUTED)
  return failure(message || NOT_EXECUTED)
}

function failure(message: string): ReadAnswer {
  return { status: 'failure', message }
}

function quote(body: string): string {
  const text = body.trim()
  if (text === '') return '(empty)'
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}...` : text
}
