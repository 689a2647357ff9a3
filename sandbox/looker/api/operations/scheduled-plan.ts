import type { IScheduledPlan } from '@looker/sdk'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'
import { planView } from '../plans/plan-store.ts'

export const scheduledPlan: Operation = {
  name: 'scheduled_plan',
  verb: 'GET',
  path: '/scheduled_plans/{scheduled_plan_id}',
  handle(call): IScheduledPlan {
    const plan = call.instance.plans.findFor(pathParameter(call, 'scheduled_plan_id'), call.user)
    return pickFields(planView(plan, call.user, call.instance.unknowns), call.query.fields)
  },
}
