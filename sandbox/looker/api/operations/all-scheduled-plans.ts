import type { IScheduledPlan } from '@looker/sdk'
import { demand } from '../demand.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { booleanParameter, pathParameter } from '../operation.ts'
import { pickFields } from '../pick-fields.ts'
import { planView } from '../plans/plan-store.ts'

/** The caller's own plans; those of one user or of all need `see_schedules`. Plans that ran once are not listed. */
export const allScheduledPlans: Operation = {
  name: 'all_scheduled_plans',
  verb: 'GET',
  path: '/scheduled_plans',
  handle: (call): IScheduledPlan[] => listPlans(call, () => true),
}

export const scheduledPlansForLook: Operation = {
  name: 'scheduled_plans_for_look',
  verb: 'GET',
  path: '/scheduled_plans/look/{look_id}',
  handle(call): IScheduledPlan[] {
    const lookId = pathParameter(call, 'look_id')
    return listPlans(call, ({ look_id: id }) => id === lookId)
  },
}

function listPlans(call: ApiCall, isWanted: (plan: IScheduledPlan) => boolean): IScheduledPlan[] {
  const { instance, user, query } = call
  const asked = booleanParameter(call, 'all_users') ?? false
  const owner = query.user_id ?? user.id
  const { plansOfOthers } = instance.unknowns
  if ((asked && plansOfOthers === 'refused') || owner !== user.id) demand(call, 'see_schedules')
  const all = asked && user.permissions.has('see_schedules')
  const plans = instance.plans
    .all()
    .filter((plan) => !plan.run_once && (all || plan.user_id === owner) && isWanted(plan))
  return pickFields(
    plans.map((plan) => planView(plan, user, instance.unknowns)),
    query.fields,
  )
}
