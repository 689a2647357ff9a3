import type { IScheduledPlan } from '@looker/sdk'
import { invalid, refusal } from '../api-error.ts'
import type { Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'
import { checkPlan } from '../plans/check-plan.ts'
import { mayChange } from '../plans/plan-store.ts'
import { readPlan } from '../plans/read-plan.ts'

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
    instance.plans.change(plan, change)
    instance.scheduler.arm(plan)
    return plan
  },
}
