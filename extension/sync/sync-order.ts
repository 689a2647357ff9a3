import type { SyncHealth } from '../../shared/api/sync-health.ts'
import type { SyncSummary } from './sync-summary.ts'

/** What the list says of a sync: how its runs are, or that it is paused or not known to the server. */
export type ListedState = SyncHealth['state'] | 'paused' | 'unknown'

/** What needs somebody comes first. */
const ORDER: readonly ListedState[] = [
  'failing',
  'late',
  'waiting',
  'held',
  'rejected_rows',
  'running',
  'well',
  'new',
  'unknown',
  'paused',
]

export const STATE_WORDS: Record<ListedState, string> = {
  failing: 'Failing',
  late: 'Late',
  waiting: 'Heap refuses',
  held: 'Held',
  rejected_rows: 'Rows rejected',
  running: 'Running',
  well: 'Well',
  new: 'No run yet',
  unknown: 'No run yet',
  paused: 'Paused',
}

/** @param health undefined: the server knows no run of it, or was not reached */
export function listedState(sync: SyncSummary, health: SyncHealth | undefined): ListedState {
  // A paused one may still be failing, which matters when it is resumed; only late it is not.
  if (sync.state === 'paused') return health?.state === 'running' ? 'running' : 'paused'
  return health?.state ?? 'unknown'
}

/** By what the list is narrowed. */
export type SyncFilter = 'all' | 'attention' | 'running' | 'well' | 'paused'

const FILTERED: Record<Exclude<SyncFilter, 'all'>, readonly ListedState[]> = {
  attention: ['failing', 'late', 'waiting', 'held', 'rejected_rows'],
  running: ['running'],
  well: ['well'],
  paused: ['paused'],
}

export const FILTER_WORDS: Record<SyncFilter, string> = {
  all: 'All',
  attention: 'Need attention',
  running: 'Running',
  well: 'Well',
  paused: 'Paused',
}

export type ListedSync = { sync: SyncSummary; health: SyncHealth | undefined; state: ListedState }

/** Those that need somebody first, then by name. */
export function orderSyncs(syncs: readonly ListedSync[]): ListedSync[] {
  return [...syncs].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.sync.name.localeCompare(b.sync.name),
  )
}

/** @param text part of the name, the environment or the owner, in any case of letters */
export function matchesFilter({ sync, state }: ListedSync, filter: SyncFilter, text: string): boolean {
  if (filter !== 'all' && !FILTERED[filter].includes(state)) return false
  const wanted = text.trim().toLowerCase()
  return [sync.name, sync.environmentId, sync.owner].some((field) => field.toLowerCase().includes(wanted))
}
