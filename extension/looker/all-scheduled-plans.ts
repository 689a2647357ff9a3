import type { IScheduledPlan } from '@looker/sdk'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'
import { LookerError } from './looker-error.ts'
import type { Me } from './me.ts'
import { meQuery } from './me.ts'

export type PlanList = {
  plans: IScheduledPlan[]
  /**
   * `own`: the user lacks the permission see_schedules, so others' plans are unknown. `maybe_own`: Looker
   * answered and all plans are the user's; whether it leaves others' out without the permission is unknown.
   */
  scope: 'everyone' | 'own' | 'maybe_own'
}

/** Every scheduled plan that the user may see, whatever its destination. */
async function fetchPlans(sdk: LookerSdk, fetchMe: () => Promise<Me>): Promise<PlanList> {
  try {
    const plans = await callLooker(() => sdk.all_scheduled_plans({ all_users: true }))
    const me = await fetchMe()
    const sawOthers = plans.some(({ user_id: owner }) => owner !== me.id)
    return { plans, scope: sawOthers ? 'everyone' : 'maybe_own' }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { plans: await callLooker(() => sdk.all_scheduled_plans({})), scope: 'own' }
  }
}

/** With which of its documented statuses Looker refuses a user without the permission is unknown. */
function isRefusal(error: unknown): boolean {
  return error instanceof LookerError && (error.kind === 'forbidden' || error.kind === 'invalid')
}

export function usePlans() {
  const { sdk } = useLooker()
  const cache = useQueryClient()
  return useQuery(['plans'], () => fetchPlans(sdk, () => cache.fetchQuery(meQuery(sdk))))
}
