import { useInfiniteQuery } from '@tanstack/react-query'
import type { ImportFilter, ImportPage } from '../../shared/api/sync-imports.ts'
import { ImportPageSchema } from '../../shared/api/sync-imports.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import type { SyncAddress } from './sync-ref.ts'

/** As many as a chart has room for. */
const PAGE = 30

/** A sync that the server does not know has delivered nothing. */
export async function fetchImportPage(
  server: ActionServer,
  { ref, planId }: SyncAddress,
  query: { limit: number; state?: ImportFilter | null; cursor?: string | null },
): Promise<ImportPage> {
  try {
    const path = `/syncs/${encodeURIComponent(ref)}/imports`
    return await server.get(ImportPageSchema, path, { ...query, plan: planId })
  } catch (error) {
    if (error instanceof ActionServerError && error.code === 'unknown_sync') return NOTHING
    throw error
  }
}

const NOTHING: ImportPage = { imports: [], nextCursor: null }

/**
 * The imports of a sync, newest first, page by page.
 *
 * @param version changes when there is something new to be seen
 */
export function useSyncImports(address: SyncAddress, state: ImportFilter | null, version: string) {
  const { server, error } = useActionServer()
  const query = useInfiniteQuery(
    ['sync-imports', address, state, version],
    ({ pageParam = null }: { pageParam?: string | null }) =>
      server ? fetchImportPage(server, address, { limit: PAGE, state, cursor: pageParam }) : NOTHING,
    {
      enabled: server !== null,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      keepPreviousData: true,
    },
  )
  return { ...query, error: error ?? query.error }
}
