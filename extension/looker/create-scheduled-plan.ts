import type { IScheduledPlan, IWriteScheduledPlan } from '@looker/sdk'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export function createPlan(sdk: LookerSdk, plan: Partial<IWriteScheduledPlan>): Promise<IScheduledPlan> {
  return callLooker(() => sdk.create_scheduled_plan(plan))
}

export function useCreatePlan() {
  const { sdk } = useLooker()
  const cache = useQueryClient()
  return useMutation((plan: Partial<IWriteScheduledPlan>) => createPlan(sdk, plan), {
    onSuccess: () => cache.invalidateQueries(['plans']),
  })
}
