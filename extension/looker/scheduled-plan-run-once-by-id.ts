import type { IScheduledPlan } from '@looker/sdk'
import { useMutation } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** Delivers an existing plan once more, right away. Looker runs a copy; the plan stays as it is. */
export function runPlanNow(sdk: LookerSdk, id: string): Promise<IScheduledPlan> {
  return callLooker(() => sdk.scheduled_plan_run_once_by_id(id, {}))
}

export function useRunPlanNow() {
  const { sdk } = useLooker()
  return useMutation((id: string) => runPlanNow(sdk, id))
}
