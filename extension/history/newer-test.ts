import { useQuery } from '@tanstack/react-query'
import { useActionServer } from '../action-server/action-server.ts'
import { liveInterval, unchangedFor } from './live-interval.ts'
import { fetchImportPage } from './sync-imports.ts'
import type { SyncAddress } from './sync-ref.ts'

/** Imports of a sync that may begin while one is awaited. */
const AT_ONCE = 10

/**
 * The test of a sync that began after an import of it; null until there is one.
 *
 * @param after id of that import; null: the sync had none
 */
export function useNewerTest(address: SyncAddress, after: number | null) {
  const { server, error } = useActionServer()
  const found = useQuery(
    ['newer-test', address, after],
    async () => {
      const page = server ? await fetchImportPage(server, address, { limit: AT_ONCE }) : null
      const tests = page?.imports.filter(({ testRows }) => testRows !== null) ?? []
      return tests.find(({ id }) => id > (after ?? 0))?.id ?? null
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
