import { isSyncId } from '../../../../shared/settings/sync-id.ts'
import { ProblemError } from '../problem-error.ts'

/**
 * The reference of a sync as its random id: plans can be guessed.
 *
 * @throws ProblemError `needs_sync_id`
 */
export function ownSyncId(ref: string): string {
  if (isSyncId(ref)) return ref
  throw new ProblemError(
    'needs_sync_id',
    'Alerts of a sync are seen and set by who knows its sync_id. Edit the sync in the extension and save it once: that gives it one.',
  )
}
