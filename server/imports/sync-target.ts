import type { SyncSettings } from '../../shared/sync-settings.ts'
import type { HeapTarget } from '../heap/heap-target.ts'

/** Where in Heap the entities of a sync go, and how. */
export function heapTarget(settings: SyncSettings): HeapTarget {
  const { environmentId, propertyType, matchBy, madeFor } = settings
  const isAsHeapAction = madeFor === 'heap_action' || matchBy === 'heap_setup'
  return { environmentId, propertyType, manner: isAsHeapAction ? 'heap_action' : 'documented' }
}

/**
 * Deliveries with the same key overwrite the same properties of the same entities, so they are taken one at
 * a time. Without a scheduled plan the target has to do as the name of the sync. A dry run sends nothing
 * and has no need to wait or to replace anything: its key is its own.
 */
export function syncKey(connectionId: number, planId: string | null, settings: SyncSettings): string {
  const { environmentId, propertyType, matchBy, dryRun } = settings
  return JSON.stringify([connectionId, planId, environmentId, propertyType, matchBy, dryRun])
}
