import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useActionServer } from '../action-server/action-server.ts'
import { importQuery } from './import-detail.ts'
import type { SyncAddress } from './sync-ref.ts'

/** What can be done to an import; `release` and `discard` to one that a guardrail holds. */
export type ImportChange = 'retry' | 'cancel' | 'release' | 'discard'

/** Does it, and looks at everything of the sync again. Answers the id of the new import of a retry, else null. */
export function useChangeImport(address: SyncAddress, id: number) {
  const { server } = useActionServer()
  const cache = useQueryClient()
  return useMutation(
    async (change: ImportChange): Promise<number | null> => {
      if (!server) throw new Error('the action server is not known yet')
      const answer = await server.send('POST', `/imports/${id}/${change}`, importQuery(address), {})
      return typeof answer.import === 'number' ? answer.import : null
    },
    {
      onSettled: () =>
        Promise.all([
          cache.invalidateQueries(['import', address]),
          cache.invalidateQueries(['sync-healths']),
          cache.invalidateQueries(['sync-imports', address]),
        ]),
    },
  )
}
