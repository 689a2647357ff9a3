import { useQuery } from '@tanstack/react-query'
import type { ImportView } from '../../shared/api.ts'
import type { ActionServer } from './action-server.ts'
import { useActionServer } from './action-server.ts'
import { ActionServerError } from './action-server-error.ts'

/** Between two looks at an import that is under way. */
const POLL_MS = 2000

/** The imports of one scheduled plan, newest first. */
export async function fetchImports(server: ActionServer, planId: string): Promise<ImportView[]> {
  const { imports } = await server.get(`/api/imports?planId=${encodeURIComponent(planId)}`)
  if (!Array.isArray(imports)) {
    throw new ActionServerError('refused', 'The action server answered no list of imports.')
  }
  return imports
}

/**
 * The imports of plans, newest first. Asks again while one is under way, or while one is expected.
 *
 * @param expecting a delivery was asked for and may not have begun
 */
export function useImports(planIds: readonly string[], expecting: boolean) {
  const { server, error } = useActionServer()
  const query = useQuery(
    ['imports', planIds],
    async () => {
      const lists = server ? await Promise.all(planIds.map((id) => fetchImports(server, id))) : []
      return lists.flat().sort((a, b) => b.id - a.id)
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
      const [newest = null] = server ? await fetchImports(server, planId) : []
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
