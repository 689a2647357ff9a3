import { refusal } from '../api-error.ts'
import type { Operation } from '../operation.ts'
import { pathParameter } from '../operation.ts'
import { mayChange } from '../plans/plan-store.ts'

export const deleteScheduledPlan: Operation = {
  name: 'delete_scheduled_plan',
  verb: 'DELETE',
  path: '/scheduled_plans/{scheduled_plan_id}',
  handle(call): undefined {
    const { instance, user } = call
    const plan = instance.plans.findFor(pathParameter(call, 'scheduled_plan_id'), user)
    if (!mayChange(plan, user)) throw refusal(instance.unknowns)
    instance.scheduler.disarm(plan.id)
    instance.plans.remove(plan.id)
  },
}
