import { useMutation } from '@tanstack/react-query'
import type { FoundKeys } from '../../shared/api/known-keys.ts'
import { FoundKeysSchema } from '../../shared/api/known-keys.ts'
import { useActionServer } from '../action-server/action-server.ts'
import { ActionServerError } from '../action-server/action-server-error.ts'
import { fitsSchema } from '../action-server/fits-schema.ts'
import type { SyncAddress } from './sync-ref.ts'

/** What became of a join key; null of a sync that has delivered nothing. The key goes in a body, never in a URL. */
export function useLookUpKey({ ref }: SyncAddress) {
  const { server, error } = useActionServer()
  return useMutation(async (key: string): Promise<FoundKeys | null> => {
    if (!server) throw error ?? new Error('the action server is not known yet')
    try {
      const path = `/syncs/${encodeURIComponent(ref)}/key-lookups`
      const answer: unknown = await server.send('POST', path, {}, { keys: [key] })
      if (isFound(answer)) return answer
    } catch (failure) {
      if (failure instanceof ActionServerError && failure.code === 'unknown_sync') return null
      throw failure
    }
    throw new ActionServerError('not_understood', 'The answer on a join key has another shape.')
  })
}

function isFound(answer: unknown): answer is FoundKeys {
  return fitsSchema(FoundKeysSchema, answer)
}
