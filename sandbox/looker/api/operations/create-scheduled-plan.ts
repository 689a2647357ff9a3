import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import { invalid, notFound } from '../api-error.ts'
import { demand } from '../demand.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { bodyObject } from '../operation.ts'
import { checkPlan } from '../plans/check-plan.ts'
import type { StoredPlan } from '../plans/plan-store.ts'
import { readPlan } from '../plans/read-plan.ts'
import { isAdmin } from '../users.ts'

export const createScheduledPlan: Operation = {
  name: 'create_scheduled_plan',
  verb: 'POST',
  path: '/scheduled_plans',
  handle(call): IScheduledPlan {
    const plan = addPlan(call, readPlan(bodyObject(call)), false)
    call.instance.scheduler.arm(plan)
    return plan
  },
}

/**
 * Stores a plan of the caller after all checks. An admin may give it to another user.
 *
 * @throws LookerApiError without the permission to send, 404 for content that is not there, 422
 */
export function addPlan(call: ApiCall, body: Partial<IWriteScheduledPlan>, runOnce: boolean): StoredPlan {
  const { instance, user } = call
  demand(call, 'send_to_integration')
  const errors = checkPlan(body, { datagroups: instance.datagroups, runOnce })
  if (errors.length > 0) throw invalid(errors)
  const owner = body.user_id && isAdmin(user) ? instance.users.find(({ id }) => id === body.user_id) : user
  if (!owner) throw notFound()
  return instance.plans.add(owner, { ...body, run_once: runOnce }, titleOf(call, body))
}

/** The title of what a plan sends. */
function titleOf(
  { instance, user }: ApiCall,
  { look_id: lookId, query_id: queryId }: Partial<IWriteScheduledPlan>,
): string {
  // Queries have ids of their own; the stand-in knows those of its Looks.
  const id = lookId ?? queryId?.replace(/^90/, '')
  const found = id ? instance.looks.find(id) : undefined
  if (!found || !user.permissions.has('see_looks')) throw notFound()
  return found.look.title
}
