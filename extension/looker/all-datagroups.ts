import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export type Datagroup = { model: string; name: string }

/** The datagroups of one LookML model, or with null those of all models. */
export async function fetchDatagroups(sdk: LookerSdk, model: string | null): Promise<Datagroup[]> {
  const datagroups = await callLooker(() => sdk.all_datagroups())
  return datagroups
    .flatMap(({ model_name: of, name }) => (of && name ? [{ model: of, name }] : []))
    .filter((datagroup) => model === null || datagroup.model === model)
    .sort((a, b) => a.name.localeCompare(b.name) || a.model.localeCompare(b.model))
}

export function useDatagroups(model: string | null, enabled: boolean) {
  const { sdk } = useLooker()
  return useQuery(['datagroups', model], () => fetchDatagroups(sdk, model), { enabled })
}
