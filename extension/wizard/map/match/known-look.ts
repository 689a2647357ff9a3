import { useQuery, useQueryClient } from '@tanstack/react-query'
import { isRecord } from '../../../../shared/is-record.ts'
import type { PropertyType } from '../../../../shared/settings/sync-settings.ts'
import type { LookerHost } from '../../../looker/adaptor.tsx'
import { useLooker } from '../../../looker/adaptor.tsx'
import { readStored, writeStored } from '../../../looker/local-storage.ts'

/** The Look that lists whom Heap knows in an environment, and the column of its keys; empty: not chosen yet. */
export type KnownLook = { id: string; title: string; column: string }

/**
 * The Look of an environment's known users or accounts, remembered in the browser: it is the same for all syncs.
 *
 * @returns the Look, null where none is remembered, and what chooses another one
 */
export function useKnownLook(environmentId: string, propertyType: PropertyType) {
  const { host } = useLooker()
  const cache = useQueryClient()
  const name = `known-${propertyType}s-${environmentId}`
  const { data } = useQuery(['known-look', name], () => readKnownLook(host, name), {
    staleTime: Number.POSITIVE_INFINITY,
  })
  function choose(look: KnownLook) {
    cache.setQueryData(['known-look', name], look)
    writeStored(host, name, JSON.stringify(look))
  }
  return { look: data ?? null, choose }
}

async function readKnownLook(host: LookerHost, name: string): Promise<KnownLook | null> {
  try {
    const stored: unknown = JSON.parse((await readStored(host, name)) ?? 'null')
    if (!isRecord(stored)) return null
    const { id, title, column } = stored
    const isWhole = typeof id === 'string' && typeof title === 'string' && typeof column === 'string'
    return isWhole ? { id, title, column } : null
  } catch {
    return null
  }
}
