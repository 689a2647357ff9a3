import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import type { LookerSdk } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** Delivers once, right away, without keeping a schedule. */
export function runPlanOnce(sdk: LookerSdk, plan: Partial<IWriteScheduledPlan>): Promise<IScheduledPlan> {
  return callLooker(() => sdk.scheduled_plan_run_once(plan))
}
