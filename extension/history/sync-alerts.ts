import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AlertTest, SyncAlertsChange } from '../../shared/api/sync-alerts.ts'
import { AlertTestSchema, SyncAlertsSchema } from '../../shared/api/sync-alerts.ts'
import type { ActionServer } from '../action-server/action-server.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import { fitsSchema } from '../action-server/fits-schema.ts'

const pathOf = (ref: string) => `/syncs/${encodeURIComponent(ref)}/alerts`

async function testAlerts(server: ActionServer, ref: string): Promise<AlertTest['results']> {
  const answer: unknown = await server.send('POST', `${pathOf(ref)}/test`, {}, {})
  if (isTest(answer)) return answer.results
  throw new ActionServerError('not_understood', 'The answer to a test has another shape.')
}

function isTest(answer: unknown): answer is AlertTest {
  return fitsSchema(AlertTestSchema, answer)
}

/** Who is told of changes of state of a sync, and how that is changed and tested. */
export function useSyncAlerts(ref: string) {
  const { server } = useActionServer()
  const cache = useQueryClient()
  const key = ['sync-alerts', ref]
  return {
    alerts: useQuery(key, () => server?.get(SyncAlertsSchema, pathOf(ref)), { enabled: server !== null }),
    save: useMutation(async (change: SyncAlertsChange) => {
      await server?.send('PUT', pathOf(ref), {}, change)
      await cache.invalidateQueries(key)
    }),
    test: useMutation(async () => server && testAlerts(server, ref)),
  }
}
