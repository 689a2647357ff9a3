import type { RejectionReason } from '../../../shared/report/import-counts.ts'
import { REJECTION_TEXTS } from '../../../shared/report/import-counts.ts'
import { ProblemError } from './problem-error.ts'

/** The reason that a call names; undefined when it names none. @throws ProblemError `bad_request` */
export function readReason(text: string | undefined): RejectionReason | undefined {
  if (text === undefined) return undefined
  const reasons = Object.keys(REJECTION_TEXTS) as RejectionReason[]
  const reason = reasons.find((known) => known === text)
  if (reason) return reason
  throw new ProblemError('bad_request', `There is no such reason. Reasons are ${reasons.join(', ')}.`)
}
