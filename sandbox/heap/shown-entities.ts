import type { HeapStore, StoredProperties } from './heap-store.ts'

/** `users` are all users, `ghosts` those whom an import made and the product has not identified. */
type ShownKind = 'users' | 'ghosts' | 'accounts'

type ShownQuery = {
  env?: string
  kind?: ShownKind
  search?: string
  offset?: string
  limit?: string
}

/** A page of an environment's users or accounts. */
export type Shown = {
  environmentId: string
  kind: ShownKind
  search: string
  offset: number
  /** How many there are that match the search. */
  matching: number
  entities: { key: string; properties: StoredProperties; isGhost: boolean }[]
}

const DEFAULT_LIMIT = 100
const MOST = 10_000

/** Without an environment: the first one. The search looks for a part of the key, whatever its case. */
export function readShown(store: HeapStore, query: ShownQuery): Shown {
  const environmentId = query.env ?? store.environments()[0]?.id ?? ''
  const kind = query.kind ?? 'users'
  const search = query.search ?? ''
  const offset = Number(query.offset ?? 0)
  const limit = Math.min(Number(query.limit ?? DEFAULT_LIMIT), MOST)
  const wanted = search.toLowerCase()
  const entities: Shown['entities'] = []
  let matching = 0
  for (const [key, properties] of store[kind === 'accounts' ? 'accounts' : 'users'](environmentId)) {
    const isGhost = kind !== 'accounts' && store.isGhost(environmentId, key)
    if (kind === 'ghosts' && !isGhost) continue
    if (wanted !== '' && !key.toLowerCase().includes(wanted)) continue
    if (matching >= offset && entities.length < limit) entities.push({ key, properties, isGhost })
    matching += 1
  }
  return { environmentId, kind, search, offset, matching, entities }
}
