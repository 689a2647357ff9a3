import { isRecord } from '../../shared/is-record.ts'

/**
 * - `not_entitled`: the manifest does not grant what was called
 * - `forbidden`: the user may not (403), or Looker hides the thing from the user (404)
 * - `invalid`: Looker refused the values (400, 422)
 * - `busy`: Looker limits the rate of calls (429)
 * - `timeout`: no answer in time
 * - `failed`: everything else
 */
export type LookerErrorKind = 'not_entitled' | 'forbidden' | 'invalid' | 'busy' | 'timeout' | 'failed'

/** A call that Looker did not carry out. None is retried on its own. */
export class LookerError extends Error {
  override readonly name = 'LookerError'
  readonly kind: LookerErrorKind
  /** One text per field that Looker refused. */
  readonly details: readonly string[]

  constructor(kind: LookerErrorKind, message: string, details: readonly string[] = []) {
    super(message)
    this.kind = kind
    this.details = details
  }
}

/** For what the SDK throws: the host's own errors, whose text has one or two `Error: ` in front. */
export function errorOfThrown(thrown: unknown): LookerError {
  if (thrown instanceof LookerError) return thrown
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  const message = text.replace(/^(?:Error: )+/, '')
  return new LookerError(kindOfHostError(message), message)
}

function kindOfHostError(message: string): LookerErrorKind {
  if (/not entitled|^Entitlements must be defined/i.test(message)) return 'not_entitled'
  return /^Timeout$/i.test(message) ? 'timeout' : 'failed'
}

/** For `{ ok: false, error }`, the answer of Looker's API: `message`, `documentation_url`, `errors[]`. */
export function errorOfAnswer(error: unknown): LookerError {
  const answer = isRecord(error) ? error : {}
  const message =
    typeof answer.message === 'string' && answer.message !== '' ? answer.message : 'No reason given'
  const details = Array.isArray(answer.errors) ? answer.errors.flatMap(detailOf) : []
  return new LookerError(kindOfStatus(statusOf(answer.documentation_url), message, details), message, details)
}

function detailOf(detail: unknown): string[] {
  if (!isRecord(detail) || typeof detail.message !== 'string') return []
  return [typeof detail.field === 'string' ? `${detail.field}: ${detail.message}` : detail.message]
}

/** An extension does not get the status; the link to the documentation has it: `.../err/4.0/404/get/...`. */
function statusOf(documentationUrl: unknown): number | null {
  const match =
    typeof documentationUrl === 'string' ? /\/err\/[\d.]+\/(\d{3})\b/.exec(documentationUrl) : null
  return match?.[1] ? Number(match[1]) : null
}

function kindOfStatus(status: number | null, message: string, details: readonly string[]): LookerErrorKind {
  if (status === 403 || status === 404 || /^(not found|forbidden)|permission|not authorized/i.test(message)) {
    return 'forbidden'
  }
  if (status === 429) return 'busy'
  return status === 400 || status === 422 || details.length > 0 ? 'invalid' : 'failed'
}
