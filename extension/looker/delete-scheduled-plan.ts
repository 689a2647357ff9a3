import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export async function deletePlan(sdk: LookerSdk, id: string): Promise<void> {
  await callLooker(() => sdk.delete_scheduled_plan(id))
}

export function useDeletePlan() {
  const { sdk } = useLooker()
  const cache = useQueryClient()
  return useMutation((id: string) => deletePlan(sdk, id), {
    onSuccess: () => cache.invalidateQueries(['plans']),
  })
}
