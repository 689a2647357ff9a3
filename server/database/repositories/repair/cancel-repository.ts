import type { SyncSettings } from '../../../../shared/settings/sync-settings.ts'
import type { Database } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { CANCELLED } from './repair-texts.ts'

export type CancelRepository = ReturnType<typeof createCancelRepository>

/** Which imports are cancelled. What waits of them is taken away by whichever process looks first. */
export function createCancelRepository(database: Database) {
  return {
    /**
     * From now on nothing more of an import is sent. Cancelling again changes nothing.
     *
     * @returns false when it has ended
     */
    async cancel(importId: number): Promise<boolean> {
      const rows = await patiently(
        () =>
          database.query(
            `update imports set cancelled_at = coalesce(cancelled_at, now()),
               complete = false, failure = case when state = 'reading' then failure else coalesce(failure, $2) end
             where id = $1 and state <> 'finished' returning id`,
            [importId, CANCELLED],
          ),
        database.patienceMs,
      )
      return rows.length > 0
    },

    /** The cancelled and discarded imports that have not ended. */
    cancelled: () =>
      database.query<{ id: number; settings: SyncSettings; discarded: boolean }>(
        `select id, settings, discarded from imports where cancelled_at is not null and state <> 'finished' order by id`,
      ),
  }
}
