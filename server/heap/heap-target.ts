import type { PropertyType } from '../../shared/sync-settings.ts'

/** Where the entities of an import go. */
export type HeapTarget = {
  /** Digits. Kept as text: Heap's IDs may exceed 32 bits, and Heap documents `app_id` as a string. */
  environmentId: string
  propertyType: PropertyType
  /** Users: the user property that the join key is matched with; null: Heap's identity. Accounts: null. */
  joinProperty: string | null
}

/** The constant parts of a bulk request: the body is `head`, the entities joined by commas, `tail`. */
export type RequestEnvelope = { path: string; head: string; tail: string }

/**
 * The bulk endpoint of a target. Identity and account ID have documented public endpoints. A join key that
 * is another user property needs the endpoint that Heap's own Looker action used: undocumented, without
 * authentication, and the only one that takes a `user_identifier` (seen in that action and in Segment's).
 */
export function requestEnvelope(target: HeapTarget): RequestEnvelope {
  const environment = `"app_id":${JSON.stringify(target.environmentId)}`
  if (target.propertyType === 'account') {
    return { path: '/api/add_account_properties', head: `{${environment},"accounts":[`, tail: ']}' }
  }
  if (target.joinProperty === null) {
    return { path: '/api/add_user_properties', head: `{${environment},"users":[`, tail: ']}' }
  }
  return {
    path: '/api/integrations/add_user_properties',
    head: `{${environment},"library":"looker","users":[`,
    tail: ']}',
  }
}
