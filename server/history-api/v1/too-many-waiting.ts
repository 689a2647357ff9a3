import { MOST_WAITING, MOST_WAITING_DAYS } from '../../database/repositories/waiting-refs.ts'
import { ProblemError } from './problem-error.ts'

/** For what is told of a sync that has not delivered, when it is one too many. */
export function tooManyWaiting(): ProblemError {
  return new ProblemError(
    'too_many_waiting',
    `${MOST_WAITING} syncs of this connection that have never delivered are known already. Let the sync deliver once, then save it again; what has not delivered is forgotten after ${MOST_WAITING_DAYS} days.`,
  )
}
