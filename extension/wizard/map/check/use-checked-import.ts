import { useQuery } from '@tanstack/react-query'
import { useActionServer } from '../../../action-server/action-server.ts'
import { useImportDetail } from '../../../history/import-detail.ts'
import { liveInterval, unchangedFor } from '../../../history/live-interval.ts'
import { fetchImportPage } from '../../../history/sync-imports.ts'
import type { RowCheck } from './row-check.ts'
import { checkAddress } from './row-check.ts'

/** Beside a check of a sync that is edited there may be deliveries. */
const NEWEST = 10

/** The import of a check, followed to its end; null until Looker has delivered. */
export function useCheckedImport(check: RowCheck | null) {
  const { server, error } = useActionServer()
  const address = check && checkAddress(check)
  const found = useQuery(
    ['checked-import', check],
    async () => {
      if (!server || !check || !address) return null
      const { imports } = await fetchImportPage(server, address, { limit: NEWEST })
      return imports.find(({ id, dryRun }) => dryRun && id > check.after)?.id ?? null
    },
    {
      enabled: server !== null && check !== null,
      refetchInterval: (id, query) =>
        typeof id === 'number' || query.state.status === 'error' ? false : liveInterval(unchangedFor(query)),
    },
  )
  const detail = useImportDetail(address, found.data ?? null)
  return { data: detail.data, error: error ?? found.error ?? detail.error }
}
