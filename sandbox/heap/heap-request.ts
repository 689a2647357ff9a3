import type { EntityRules } from './entity-rules.ts'
import { readAccount, readIntegrationUser, readUser } from './entity-rules.ts'
import type { StandInEntity } from './heap-store.ts'
import { RuleBroken, readObject } from './rule-broken.ts'

/** A bulk or single request that keeps Heap's rules, or what it breaks. */
export type HeapRequest =
  | { kind: 'valid'; environmentId: string; entities: StandInEntity[] }
  | { kind: 'invalid'; message: string }

export type Endpoint = {
  path: string
  propertyType: 'user' | 'account'
  list: 'users' | 'accounts'
  /** Heap documents the public endpoints for one entity as well as for many. */
  single: boolean
  library: boolean
  readEntity: EntityRules
  /** What stands in front of every entity: how the fast mode counts them. */
  marker: string
  ok: string
}

export const ENDPOINTS: readonly Endpoint[] = [
  {
    path: '/api/add_user_properties',
    propertyType: 'user',
    list: 'users',
    single: true,
    library: false,
    readEntity: readUser,
    marker: '"identity":',
    ok: '{}',
  },
  {
    path: '/api/add_account_properties',
    propertyType: 'account',
    list: 'accounts',
    single: true,
    library: false,
    readEntity: readAccount,
    marker: '"account_id":',
    ok: 'OK',
  },
  {
    path: '/api/integrations/add_user_properties',
    propertyType: 'user',
    list: 'users',
    single: false,
    library: true,
    readEntity: readIntegrationUser,
    marker: '"user_identifier":',
    ok: '{}',
  },
]

/** Documented for both bulk endpoints. */
const MAX_ENTITIES = 1000

/** Checks a whole request: one entity that breaks a rule refuses all of it. */
export function readRequest(endpoint: Endpoint, contentType: string, body: Buffer): HeapRequest {
  try {
    if (!/^application\/json\s*(;|$)/i.test(contentType))
      throw new RuleBroken('Content-Type must be application/json')
    const json = parseJson(body)
    const { app_id: environmentId, library } = json
    if (typeof environmentId !== 'string' || !/^\d+$/.test(environmentId)) {
      throw new RuleBroken('app_id must be a string of digits')
    }
    if (endpoint.library && (typeof library !== 'string' || library === '')) {
      throw new RuleBroken('library is required')
    }
    const list = Object.hasOwn(json, endpoint.list) || !endpoint.single ? json[endpoint.list] : [json]
    if (!Array.isArray(list)) throw new RuleBroken(`${endpoint.list} must be a list`)
    if (list.length > MAX_ENTITIES)
      throw new RuleBroken(`${endpoint.list} has more than ${MAX_ENTITIES} entries`)
    const entities = list.map((entity) => endpoint.readEntity(entity, String(library)))
    return { kind: 'valid', environmentId, entities }
  } catch (error) {
    if (error instanceof RuleBroken) return { kind: 'invalid', message: error.message }
    throw error
  }
}

function parseJson(body: Buffer): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new RuleBroken('The body is not JSON')
  }
  return readObject(json, 'The body')
}
