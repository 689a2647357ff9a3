import { useQuery } from '@tanstack/react-query'
import type { ImportDetail } from '../../shared/api/import-detail.ts'
import { ImportDetailSchema } from '../../shared/api/import-detail.ts'
import type { ActionServer, Query } from '../action-server/action-server.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import { liveInterval, unchangedFor } from './live-interval.ts'
import type { SyncAddress } from './sync-ref.ts'

/** Names the sync of an import in the query of every call about it. */
export function importQuery({ ref, planId }: SyncAddress): Query {
  return { sync: ref, plan: planId }
}

export function fetchImportDetail(
  server: ActionServer,
  address: SyncAddress,
  id: number,
): Promise<ImportDetail> {
  return server.get(ImportDetailSchema, `/imports/${id}`, importQuery(address))
}

/** One import, looked at again and again until it has ended; none without an id. */
export function useImportDetail(address: SyncAddress | null, id: number | null) {
  const { server, error } = useActionServer()
  const query = useQuery(
    ['import', address, id],
    () => (server && address && id !== null ? fetchImportDetail(server, address, id) : null),
    {
      enabled: server !== null && address !== null && id !== null,
      refetchInterval: (detail, current) => {
        const { error: failure } = current.state
        if (failure instanceof ActionServerError && failure.kind !== 'unreachable') return false
        return detail?.state === 'finished' ? false : liveInterval(unchangedFor(current))
      },
    },
  )
  return { data: query.data ?? null, error: error ?? query.error, retry: () => query.refetch() }
}
