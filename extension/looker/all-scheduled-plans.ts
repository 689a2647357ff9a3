import type { IScheduledPlan } from '@looker/sdk'
import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'
import { LookerError } from './looker-error.ts'

export type PlanList = {
  plans: IScheduledPlan[]
  /** `own`: the user lacks the permission see_schedules, so others' plans are unknown. */
  scope: 'everyone' | 'own'
}

/** Every scheduled plan that the user may see, whatever its destination. */
export async function fetchPlans(sdk: LookerSdk): Promise<PlanList> {
  try {
    return { plans: await callLooker(() => sdk.all_scheduled_plans({ all_users: true })), scope: 'everyone' }
  } catch (error) {
    if (!(error instanceof LookerError) || error.kind !== 'forbidden') throw error
    return { plans: await callLooker(() => sdk.all_scheduled_plans({})), scope: 'own' }
  }
}

export function usePlans() {
  const { sdk } = useLooker()
  return useQuery(['plans'], () => fetchPlans(sdk))
}
