import type { SyncSettings } from '../../../../shared/settings/sync-settings.ts'
import type { Database } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { storedKey } from '../rejected-rows.ts'

export type ForgetRepository = ReturnType<typeof createForgetRepository>

/** Where in the database a person may still stand, within one connection. */
export function createForgetRepository(database: Database) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)
  return {
    /** Imports of the connection whose rows wait for Heap, or are kept for another try. */
    importsWithRows: (connectionId: number) =>
      patient(() =>
        database.query<{ id: number; settings: SyncSettings }>(
          `select id, settings from imports where connection_id = $1
             and (id in (select import_id from batches where state <> 'done') or id in (select import_id from kept_lines))
           order by id`,
          [connectionId],
        ),
      ),

    /**
     * Erases the key of rejected rows, and what Heap said of these, which may repeat it.
     *
     * @returns how many rows there were
     */
    async eraseRejected(connectionId: number, key: string): Promise<number> {
      const rows = await patient(() =>
        database.query<{ reason: string }>(
          `update rejected_rows set join_key = null, text = null
           from imports where imports.id = import_id and connection_id = $1
             and reason = any(array(select distinct reason from rejection_counts where rejection_counts.import_id = imports.id))
             and join_key collate "C" = $2
           returning rejected_rows.reason`,
          [connectionId, storedKey(key)],
        ),
      )
      return rows.length
    },

    /** Erases what Heap said where it repeats the key. @returns how many texts there were */
    async eraseTexts(connectionId: number, key: string): Promise<number> {
      if (key === '') return 0
      const text = storedKey(key)
      let erased = 0
      for (const sql of [
        `update rejected_rows set text = null from imports
         where imports.id = import_id and connection_id = $1 and position($2 in text) > 0 returning 1`,
        `update rejection_counts set text = null from imports
         where imports.id = import_id and connection_id = $1 and position($2 in text) > 0 returning 1`,
        `update imports set refused_text = 'erased on request'
         where connection_id = $1 and position($2 in refused_text) > 0 returning 1`,
      ]) {
        erased += (await patient(() => database.query(sql, [connectionId, text]))).length
      }
      return erased
    },
  }
}
