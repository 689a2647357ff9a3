import type { SyncSettings } from '../../shared/sync-settings.ts'
import type { HeapTarget } from '../heap/heap-target.ts'
import type { Delivery } from './delivery.ts'

/** Where in Heap the entities of a sync go. */
export function heapTarget(settings: SyncSettings): HeapTarget {
  const { environmentId, propertyType, joinProperty } = settings
  return { environmentId, propertyType, joinProperty }
}

/**
 * What the rows of deliveries must share to set properties of the same entities: environment, property type and
 * what the join key is matched with. Null for a dry run: it sends nothing.
 */
export function targetKey(settings: SyncSettings): string | null {
  const { environmentId, propertyType, joinProperty, dryRun } = settings
  return dryRun ? null : JSON.stringify([environmentId, propertyType, joinProperty])
}

/**
 * What deliveries of one sync have in common: the connection, the Looker instance, and the id that the wizard
 * gave the sync, else the plan, else the Look or query with its target.
 */
export function syncKey({ connectionId, lookerInstance, planId, source, settings }: Delivery): string {
  const { syncId = null, environmentId, propertyType, joinProperty } = settings
  const place = [connectionId, lookerInstance]
  if (syncId !== null) return JSON.stringify([...place, 'sync', syncId])
  if (planId !== null) return JSON.stringify([...place, 'plan', planId])
  return JSON.stringify([...place, 'source', source, environmentId, propertyType, joinProperty])
}

/** The Look or query as known to all deliveries of it; null when Looker names neither. */
export function sourceKey({ connectionId, lookerInstance, source }: Delivery): string | null {
  return source === null ? null : JSON.stringify([connectionId, lookerInstance, source])
}
