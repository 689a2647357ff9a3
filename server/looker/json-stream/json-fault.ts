import type { JsonFault } from '../looker-error.ts'
import { LookerError } from '../looker-error.ts'

const TEXTS: Record<JsonFault, string> = {
  ended: 'The JSON that Looker sent broke off.',
  syntax: 'What Looker sent is not valid JSON.',
  depth: 'The JSON that Looker sent is nested too deeply.',
  size: 'The JSON that Looker sent is too large.',
  encoding: 'The JSON that Looker sent is not valid UTF-8.',
}

/** Thrown by the byte level. */
export function jsonFault(kind: JsonFault): LookerError {
  return new LookerError(TEXTS[kind], kind)
}

/** Which fault of the JSON stream an error is; null for all other errors. */
export function jsonFaultOf(error: unknown): JsonFault | null {
  if (!(error instanceof LookerError)) return null
  return error.kind === 'refused' || error.kind === 'too-large' ? null : error.kind
}
