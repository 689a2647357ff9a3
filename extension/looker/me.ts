import { useQuery } from '@tanstack/react-query'
import type { LookerSdk } from './adaptor.tsx'
import { useLooker } from './adaptor.tsx'
import { callLooker } from './call-looker.ts'

export type Me = { id: string; name: string }

export async function fetchMe(sdk: LookerSdk): Promise<Me> {
  const user = await callLooker(() => sdk.me('id,display_name'))
  return { id: user.id ?? '', name: user.display_name ?? '' }
}

/** Who is at work, as the cache knows it. */
export function meQuery(sdk: LookerSdk) {
  return { queryKey: ['me'], queryFn: () => fetchMe(sdk), staleTime: Number.POSITIVE_INFINITY }
}

export function useMe() {
  const { sdk } = useLooker()
  return useQuery(meQuery(sdk))
}
