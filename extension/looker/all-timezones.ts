import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export type TimeZone = { value: string; label: string }

/** The time zones that Looker's scheduler knows. */
export async function fetchTimeZones(sdk: LookerSdk): Promise<TimeZone[]> {
  const zones = await callLooker(() => sdk.all_timezones())
  return zones.flatMap(({ value, label }) => (value ? [{ value, label: label || value }] : []))
}

export function useTimeZones() {
  const { sdk } = useLooker()
  return useQuery(['timezones'], () => fetchTimeZones(sdk), { staleTime: Number.POSITIVE_INFINITY })
}
