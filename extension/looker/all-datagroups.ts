import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

/** Names of the datagroups of one LookML model; null for those of all models. */
export async function fetchDatagroups(sdk: LookerSdk, model: string | null): Promise<string[]> {
  const datagroups = await callLooker(() => sdk.all_datagroups())
  const names = datagroups
    .filter((datagroup) => model === null || datagroup.model_name === model)
    .flatMap((datagroup) => (datagroup.name ? [datagroup.name] : []))
  return [...new Set(names)].sort()
}

export function useDatagroups(model: string | null, enabled: boolean) {
  const { sdk } = useLooker()
  return useQuery(['datagroups', model], () => fetchDatagroups(sdk, model), { enabled })
}
