import type { IScheduledPlan } from '@looker/sdk'
import { forbidden } from '../api-error.ts'
import type { ApiCall, Operation } from '../operation.ts'
import { bodyObject, pathParameter } from '../operation.ts'
import type { StoredPlan } from '../plan-store.ts'
import { mayChange } from '../plan-store.ts'
import { readPlan } from '../read-plan.ts'
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
    if (!mayChange(plan, call.user)) throw forbidden()
    const copy = readPlan({ ...plan, crontab: null, datagroup: null, ...bodyObject(call) })
    return start(call, addPlan(call, copy, true))
  },
}

function start({ instance }: ApiCall, plan: StoredPlan): StoredPlan {
  instance.scheduler.run(plan, 'run once')
  return plan
}
