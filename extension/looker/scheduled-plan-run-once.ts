import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import { useMutation } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** Delivers once, right away, without keeping a schedule. */
export function runPlanOnce(sdk: LookerSdk, plan: Partial<IWriteScheduledPlan>): Promise<IScheduledPlan> {
  return callLooker(() => sdk.scheduled_plan_run_once(plan))
}

export function useRunPlanOnce() {
  const { sdk } = useLooker()
  return useMutation((plan: Partial<IWriteScheduledPlan>) => runPlanOnce(sdk, plan))
}
