import type { PropertyType } from '../../shared/settings/sync-settings.ts'

/** Where the entities of an import go, and how they are written. */
export type HeapTarget = {
  /** Digits. Kept as text: Heap's IDs may exceed 32 bits, and Heap documents `app_id` as a string. */
  environmentId: string
  propertyType: PropertyType
  /**
   * `documented`: users by identity, accounts by account ID, values as numbers and texts, as Heap documents
   * it. `heap_action`: as Heap's own action for Looker sends them: users to the integrations endpoint, by the
   * user property chosen in Heap; all values as text.
   */
  manner: 'documented' | 'heap_action'
}

/** The constant parts of a bulk request: the body is `head`, the entities joined by commas, `tail`. */
type RequestEnvelope = { path: string; head: string; tail: string }

/**
 * The bulk endpoint of a target. Identity and account ID have documented public endpoints. The integrations
 * endpoint is undocumented and without authentication; it is what Heap's own action for Looker posts users to
 * (heap/actions, `src/actions/heap/heap.ts`), with `library` for accounts as well.
 */
export function requestEnvelope({ environmentId, propertyType, manner }: HeapTarget): RequestEnvelope {
  const library = manner === 'heap_action' ? '"library":"looker",' : ''
  const environment = `"app_id":${JSON.stringify(environmentId)},${library}`
  if (propertyType === 'account') {
    return { path: '/api/add_account_properties', head: `{${environment}"accounts":[`, tail: ']}' }
  }
  const path = manner === 'heap_action' ? '/api/integrations/add_user_properties' : '/api/add_user_properties'
  return { path, head: `{${environment}"users":[`, tail: ']}' }
}
