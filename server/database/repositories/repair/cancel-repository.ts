import type { SyncSettings } from '../../../../shared/settings/sync-settings.ts'
import type { Database } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { DISCARDED } from '../held/held-texts.ts'
import { CANCELLED } from './repair-texts.ts'

export type CancelRepository = ReturnType<typeof createCancelRepository>

/** Which imports are cancelled. What waits of them is taken away by whichever process looks first. */
export function createCancelRepository(database: Database) {
  return {
    /**
     * From now on nothing more of an import is sent. Cancelling again changes nothing. Where the sync wants to be asked
     * and nobody has let the rows go, they are discarded: a retry would send what nobody has judged.
     *
     * @returns false when it has ended
     */
    async cancel(importId: number): Promise<boolean> {
      const rows = await patiently(
        () =>
          database.query(
            `with cancelled as (
               update imports set cancelled_at = coalesce(cancelled_at, now()), complete = false,
                 failure = case when state = 'reading' then failure
                   when holds then coalesce(failure, $3) else coalesce(failure, $2) end,
                 held_because = null, held_at = null, discarded = discarded or holds, keys_told = keys_told or holds
               where id = $1 and state <> 'finished' returning id, discarded
             ), dropped as (
               delete from import_keys using cancelled where import_id = cancelled.id and cancelled.discarded
             )
             select id from cancelled`,
            [importId, CANCELLED, DISCARDED],
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
