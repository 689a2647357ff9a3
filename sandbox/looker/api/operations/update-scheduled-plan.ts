import type { IScheduledPlan } from '@looker/sdk'
import { invalid, notFound, refusal } from '../api-error.ts'
import type { Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'
import { checkPlan } from '../plans/check-plan.ts'
import { mayChange, planView } from '../plans/plan-store.ts'
import { readPlan } from '../plans/read-plan.ts'
import { isAdmin, publicUserView } from '../users.ts'

/** Changes what is given; the plan as a whole must keep the rules. */
export const updateScheduledPlan: Operation = {
  name: 'update_scheduled_plan',
  verb: 'PATCH',
  path: '/scheduled_plans/{scheduled_plan_id}',
  handle(call): IScheduledPlan {
    const { instance, user } = call
    const plan = instance.plans.findFor(pathParameter(call, 'scheduled_plan_id'), user)
    if (!mayChange(plan, user)) throw refusal(instance.unknowns)
    const change = readPlan(bodyObject(call))
    const errors = checkPlan(
      { ...plan, ...change },
      { datagroups: instance.datagroups, runOnce: plan.run_once ?? false },
    )
    if (errors.length > 0) throw invalid(errors)
    // Only admins may give a plan to somebody (documented).
    const owner = change.user_id ? instance.users.find(({ id }) => id === change.user_id) : undefined
    if (change.user_id && change.user_id !== plan.user_id && (!owner || !isAdmin(user))) throw notFound()
    instance.plans.change(plan, change)
    if (owner) plan.user = publicUserView(owner)
    instance.scheduler.arm(plan)
    return planView(plan, user, instance.unknowns)
  },
}
