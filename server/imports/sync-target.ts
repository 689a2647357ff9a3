import type { SyncSettings } from '../../shared/settings/sync-settings.ts'
import type { HeapTarget } from '../heap/heap-target.ts'
import type { Delivery } from './delivery.ts'

/** Where in Heap the entities of a sync go, and how. */
export function heapTarget(settings: SyncSettings): HeapTarget {
  const { environmentId, propertyType, matchBy, madeFor } = settings
  const isAsHeapAction = madeFor === 'heap_action' || matchBy === 'heap_setup'
  return { environmentId, propertyType, manner: isAsHeapAction ? 'heap_action' : 'documented' }
}

/**
 * What the rows of deliveries must share to set properties of the same entities: environment, property type and
 * what the join key is matched with. Null for a dry run: it sends nothing.
 */
export function targetKey(settings: SyncSettings): string | null {
  const { environmentId, propertyType, matchBy, dryRun } = settings
  return dryRun ? null : JSON.stringify([environmentId, propertyType, matchBy])
}

/** Does it send but some rows, to see what arrives? Settings that an older server stored do not say. */
export function isTest({ testRows }: { testRows?: number | null }): boolean {
  return typeof testRows === 'number'
}

/**
 * What deliveries of one sync have in common: the connection, the Looker instance, and the id that the wizard
 * gave the sync, else the plan, else the Look or query with its target.
 */
export function syncKey({ connectionId, lookerInstance, planId, source, settings }: Delivery): string {
  const { syncId, environmentId, propertyType, matchBy } = settings
  const place = [connectionId, lookerInstance]
  if (syncId !== null) return JSON.stringify([...place, 'sync', syncId])
  if (planId !== null) return JSON.stringify([...place, 'plan', planId])
  return JSON.stringify([...place, 'source', source, environmentId, propertyType, matchBy])
}

/** The Look or query as known to all deliveries of it; null when Looker names neither. */
export function sourceKey({ connectionId, lookerInstance, source }: Delivery): string | null {
  return source === null ? null : JSON.stringify([connectionId, lookerInstance, source])
}
