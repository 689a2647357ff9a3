import type { IScheduledPlan } from '@looker/sdk'
import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export function fetchPlan(sdk: LookerSdk, id: string): Promise<IScheduledPlan> {
  return callLooker(() => sdk.scheduled_plan(id))
}

/** @param id null: there is none to fetch */
export function usePlan(id: string | null, { fresh = false } = {}) {
  const { sdk } = useLooker()
  return useQuery(['plan', id], () => fetchPlan(sdk, id ?? ''), {
    enabled: id !== null,
    refetchOnMount: fresh ? 'always' : true,
  })
}
