import type { IScheduledPlan } from '@looker/sdk'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'

export const scheduledPlan: Operation = {
  name: 'scheduled_plan',
  verb: 'GET',
  path: '/scheduled_plans/{scheduled_plan_id}',
  handle(call): IScheduledPlan {
    const plan = call.instance.plans.findFor(pathParameter(call, 'scheduled_plan_id'), call.user)
    return pickFields(plan, call.query.fields)
  },
}
