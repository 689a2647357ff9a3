import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { SyncHealth } from '../../shared/api/sync-health.ts'
import { MAX_SYNCS, SyncListSchema } from '../../shared/api/sync-health.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { liveInterval, unchangedFor } from './live-interval.ts'

/** Between two looks at syncs of which none is at work. */
const CALM_MS = 60_000

/** How the syncs are that the server knows, by their references; it leaves out the others. */
export async function fetchSyncHealths(server: ActionServer, refs: readonly string[]): Promise<SyncHealth[]> {
  const parts = Array.from({ length: Math.ceil(refs.length / MAX_SYNCS) }, (_, index) =>
    refs.slice(index * MAX_SYNCS, (index + 1) * MAX_SYNCS),
  )
  const answers = await Promise.all(
    parts.map((part) => server.get(SyncListSchema, '/syncs', { ids: part.join(',') })),
  )
  return answers.flatMap(({ syncs }) => syncs)
}

/**
 * Looks again often while one is at work.
 *
 * @param expecting a delivery was asked for and may not have begun
 */
export function useSyncHealths(refs: readonly string[], expecting = false) {
  const { server, error } = useActionServer()
  const query = useQuery(['sync-healths', refs], () => (server ? fetchSyncHealths(server, refs) : []), {
    enabled: server !== null && refs.length > 0,
    keepPreviousData: true,
    refetchInterval: (healths, current) =>
      expecting || healths?.some(isAtWork) ? liveInterval(unchangedFor(current)) : CALM_MS,
  })
  const data = refs.length === 0 ? NONE : query.data
  const byRef = useMemo(() => data && new Map(data.map((health) => [health.ref, health])), [data])
  return { byRef, error: error ?? query.error, retry: () => query.refetch() }
}

const NONE: SyncHealth[] = []

function isAtWork({ lastImport }: SyncHealth): boolean {
  return lastImport !== null && lastImport.state !== 'finished'
}
