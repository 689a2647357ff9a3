import { useQuery } from '@tanstack/react-query'
import type { HeapEnvironment } from '../../shared/api/environments.ts'
import { EnvironmentListSchema } from '../../shared/api/environments.ts'
import { useActionServer } from '../action-server/action-server.ts'

/**
 * The Heap environments that the server names. `null`: any ID may be written, or the server cannot be asked;
 * `undefined`: not known yet.
 */
export function useEnvironments(): HeapEnvironment[] | null | undefined {
  const { server, error } = useActionServer()
  const list = useQuery(
    ['environments'],
    async () => (server ? (await server.get(EnvironmentListSchema, '/environments')).environments : null),
    { enabled: server !== null, staleTime: 60_000 },
  )
  return error || list.isError ? null : list.data
}

/** What an environment is called: its name, or its ID where the server has none. */
export function environmentName(
  environments: readonly HeapEnvironment[] | null | undefined,
  id: string,
): string {
  return environments?.find((one) => one.id === id)?.name ?? id
}
