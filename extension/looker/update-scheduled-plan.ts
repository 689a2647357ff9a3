import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export type PlanChange = { id: string; change: Partial<IWriteScheduledPlan> }

/** What is left out stays as it is; destinations that are given replace all. */
export function updatePlan(sdk: LookerSdk, { id, change }: PlanChange): Promise<IScheduledPlan> {
  return callLooker(() => sdk.update_scheduled_plan(id, change))
}

export function useUpdatePlan() {
  const { sdk } = useLooker()
  const cache = useQueryClient()
  return useMutation((change: PlanChange) => updatePlan(sdk, change), {
    onSuccess: async (_plan, { id }) => {
      await Promise.all([cache.invalidateQueries(['plans']), cache.invalidateQueries(['plan', id])])
    },
  })
}
