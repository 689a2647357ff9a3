import { useQuery } from '@tanstack/react-query'
import type { ImportView } from '../../shared/api/import-view.ts'
import type { ImportsOf } from '../sync/imports-of.ts'
import type { ActionServer } from './action-server.ts'
import { useActionServer } from './action-server.ts'
import { ActionServerError } from './action-server-error.ts'

/** Between two looks at an import that is under way. */
const POLL_MS = 2000

/** The imports of one sync, newest first. */
export async function fetchImports(
  server: ActionServer,
  { planId, syncId }: ImportsOf,
): Promise<ImportView[]> {
  const ids = { planId, ...(syncId === null ? {} : { syncId }) }
  const query = Object.entries(ids)
    .map(([name, id]) => `${name}=${encodeURIComponent(id)}`)
    .join('&')
  const { imports } = await server.get(`/api/imports?${query}`)
  if (!Array.isArray(imports)) {
    throw new ActionServerError('refused', 'The action server answered no list of imports.')
  }
  return imports
}

/**
 * The imports of all of these, newest first and each once. Asks again while one is under way, or while one is expected.
 *
 * @param expecting a delivery was asked for and may not have begun
 */
export function useImports(of: readonly ImportsOf[], expecting: boolean) {
  const { server, error } = useActionServer()
  const query = useQuery(
    ['imports', of],
    async () => {
      const lists = server ? await Promise.all(of.map((one) => fetchImports(server, one))) : []
      const byId = new Map(lists.flat().map((view) => [view.id, view]))
      return [...byId.values()].sort((a, b) => b.id - a.id)
    },
    {
      enabled: server !== null,
      keepPreviousData: true,
      refetchInterval: (imports, { state }) => {
        if (state.status === 'error') return false
        return expecting || imports?.some((view) => view.state !== 'finished') ? POLL_MS : false
      },
      cacheTime: 0,
    },
  )
  return { data: query.data, error: error ?? query.error, retry: query.refetch }
}

/** The newest import of a plan that runs once; null until Looker has delivered. */
export function useNewestImport(planId: string) {
  const { server, error } = useActionServer()
  const query = useQuery(
    ['newest-import', planId],
    async () => {
      const [newest = null] = server ? await fetchImports(server, { planId, syncId: null }) : []
      return newest
    },
    {
      enabled: server !== null,
      refetchInterval: (newest, { state }) =>
        newest?.state === 'finished' || state.status === 'error' ? false : POLL_MS,
      cacheTime: 0,
    },
  )
  return { import: query.data ?? null, error: error ?? query.error, retry: query.refetch }
}
