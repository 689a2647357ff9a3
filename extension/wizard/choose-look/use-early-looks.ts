import { useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { useLooker } from '../../looker/adaptor.tsx'
import { localeQuery } from '../../looker/locale.ts'
import { meQuery } from '../../looker/me.ts'
import { lookSearchQuery } from '../../looker/search-looks.ts'

/**
 * Asks Looker for what the list of Looks begins with, before the list is drawn: it waits for the draft, which
 * says nothing about the Looks there are. What fails here is asked for again by the list, which shows it.
 */
export function useEarlyLooks(wanted: boolean): void {
  const { sdk, host } = useLooker()
  const cache = useQueryClient()
  // Before the browser draws what is shown meanwhile, which takes it longer than all the rest.
  useLayoutEffect(() => {
    if (!wanted) return
    cache.prefetchInfiniteQuery(lookSearchQuery(sdk, { text: '', ownerId: null }))
    cache.prefetchQuery(localeQuery(host))
    cache.fetchQuery(meQuery(sdk)).then(
      ({ id }) => cache.prefetchInfiniteQuery(lookSearchQuery(sdk, { text: '', ownerId: id })),
      () => {},
    )
  }, [cache, host, sdk, wanted])
}
