import type { IScheduledPlan } from '@looker/sdk'
import { refusal } from '../api-error.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'
import type { StoredPlan } from '../plans/plan-store.ts'
import { mayChange } from '../plans/plan-store.ts'
import { readPlan } from '../plans/read-plan.ts'
import { addPlan } from './create-scheduled-plan.ts'

/** Sends once, at once; what Send does in Looker's own pages. */
export const scheduledPlanRunOnce: Operation = {
  name: 'scheduled_plan_run_once',
  verb: 'POST',
  path: '/scheduled_plans/run_once',
  handle: (call): IScheduledPlan => start(call, addPlan(call, readPlan(bodyObject(call)), true)),
}

/** Sends a copy of a plan once, with the fields that are given; the plan itself stays as it is. */
export const scheduledPlanRunOnceById: Operation = {
  name: 'scheduled_plan_run_once_by_id',
  verb: 'POST',
  path: '/scheduled_plans/{scheduled_plan_id}/run_once',
  handle(call): IScheduledPlan {
    const plan = call.instance.plans.findFor(pathParameter(call, 'scheduled_plan_id'), call.user)
    if (!mayChange(plan, call.user)) throw refusal(call.instance.unknowns)
    const changes = bodyObject(call)
    const copy = addPlan(call, readPlan({ ...plan, crontab: null, datagroup: null, ...changes }), true)
    if (changes.scheduled_plan_destination === undefined) call.instance.plans.copySecrets(plan, copy)
    return start(call, copy)
  },
}

function start({ instance }: ApiCall, plan: StoredPlan): StoredPlan {
  instance.scheduler.run(plan, 'run once')
  return plan
}
