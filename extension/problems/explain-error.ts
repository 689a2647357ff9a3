import { ActionServerError } from '../action-server/action-server-error.ts'
import { NotOurActionError } from '../actions/demand-our-action.ts'
import { LookerError } from '../looker/looker-error.ts'
import { actionKindProblem } from './action-kind-problem.ts'
import { explainLookerError } from './explain-looker-error.ts'
import { explainServerError } from './explain-server-error.ts'
import type { Problem } from './problem.ts'
import { problem } from './problem.ts'

/** Says of anything that was thrown what it means and what to do. */
export function explainError(error: unknown): Problem {
  if (error instanceof LookerError) return explainLookerError(error)
  if (error instanceof ActionServerError) return explainServerError(error)
  if (error instanceof NotOurActionError) return actionKindProblem(error.is)
  return problem('Something went wrong', {
    detail: 'This is a mistake in the extension. Reload the page; your draft is kept.',
    technical: error instanceof Error ? error.message : String(error),
  })
}
