import { useQuery } from '@tanstack/react-query'
import { useActionServer } from '../action-server/action-server.ts'
import { liveInterval, unchangedFor } from './live-interval.ts'
import { fetchImportPage } from './sync-imports.ts'
import type { SyncAddress } from './sync-ref.ts'

/** Tests of a sync that may be newer than its delivery. */
const AT_ONCE = 10

/** The id of the newest import of a sync that delivers once, tests apart; null until Looker has delivered. */
export function useNewestImport(address: SyncAddress | null) {
  const { server, error } = useActionServer()
  const found = useQuery(
    ['newest-import', address],
    async () => {
      const page = server && address ? await fetchImportPage(server, address, { limit: AT_ONCE }) : null
      return page?.imports.find(({ testRows }) => testRows === null)?.id ?? null
    },
    {
      enabled: server !== null && address !== null,
      refetchInterval: (id, query) =>
        typeof id === 'number' || query.state.status === 'error' ? false : liveInterval(unchangedFor(query)),
      cacheTime: 0,
    },
  )
  return { id: found.data ?? null, error: error ?? found.error, retry: found.refetch }
}
