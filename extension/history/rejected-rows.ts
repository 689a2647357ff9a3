import { useInfiniteQuery } from '@tanstack/react-query'
import { RejectedRowPageSchema } from '../../shared/api/rejected-rows.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { importQuery } from './import-detail.ts'
import type { SyncAddress } from './sync-ref.ts'

const PAGE = 50

/** Which rejected rows: those for one reason, those whose join key begins so; empty: all. */
export type RowFilter = { reason: string; key: string }

export function fetchRejectedRows(
  server: ActionServer,
  {
    address,
    id,
    filter,
    cursor,
  }: { address: SyncAddress; id: number; filter: RowFilter; cursor: string | null },
) {
  const query = { ...importQuery(address), ...filter, cursor, limit: PAGE }
  return server.get(RejectedRowPageSchema, `/imports/${id}/rejected-rows`, query)
}

/** @param version changes when there are more of them */
export function useRejectedRows(address: SyncAddress, id: number, filter: RowFilter, version: number) {
  const { server, error } = useActionServer()
  const query = useInfiniteQuery(
    ['rejected-rows', address, id, filter, version],
    ({ pageParam = null }: { pageParam?: string | null }) =>
      server
        ? fetchRejectedRows(server, { address, id, filter, cursor: pageParam })
        : { rows: [], nextCursor: null, keysShown: false },
    {
      enabled: server !== null,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      keepPreviousData: true,
    },
  )
  return { ...query, error: error ?? query.error }
}

/** All rejected rows, or those for one reason, as CSV. */
export async function fetchRejectedCsv(
  server: ActionServer,
  address: SyncAddress,
  id: number,
  reason: string,
): Promise<string> {
  return server.getText(`/imports/${id}/rejected-rows.csv`, { ...importQuery(address), reason })
}
