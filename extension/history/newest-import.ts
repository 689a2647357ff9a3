import { useQuery } from '@tanstack/react-query'
import { useActionServer } from '../action-server/action-server.ts'
import { liveInterval, unchangedFor } from './live-interval.ts'
import { fetchImportPage } from './sync-imports.ts'
import type { SyncAddress } from './sync-ref.ts'

/** The id of the newest import of a sync that delivers once; null until Looker has delivered. */
export function useNewestImport(address: SyncAddress) {
  const { server, error } = useActionServer()
  const found = useQuery(
    ['newest-import', address],
    async () => {
      const page = server ? await fetchImportPage(server, address, { limit: 1 }) : null
      return page?.imports[0]?.id ?? null
    },
    {
      enabled: server !== null,
      refetchInterval: (id, query) =>
        typeof id === 'number' || query.state.status === 'error' ? false : liveInterval(unchangedFor(query)),
      cacheTime: 0,
    },
  )
  return { id: found.data ?? null, error: error ?? found.error, retry: found.refetch }
}
