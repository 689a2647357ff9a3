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

    /**
     * Erases what was said of imports where it repeats the key, letter by letter: by Heap of rows, requests and
     * waiting batches, and by us to Looker.
     *
     * @returns how many texts there were
     */
    async eraseTexts(connectionId: number, key: string): Promise<number> {
      if (key === '') return 0
      const text = storedKey(key)
      let erased = 0
      for (const sql of ERASE_TEXTS) {
        erased += (await patient(() => database.query(sql, [connectionId, text]))).length
      }
      return erased
    },

    /** Imports of the connection whose rows are being read: a key may be on its way, and is not stored yet. */
    async countReading(connectionId: number): Promise<number> {
      const [row] = await patient(() =>
        database.query<{ count: number }>(
          "select count(*)::int as count from imports where connection_id = $1 and state = 'reading'",
          [connectionId],
        ),
      )
      return row?.count ?? 0
    },
  }
}

const ERASED = 'erased on request'

/** SQL: of a text in JSON only what is within its quotation marks is looked at. */
const ERASE_TEXTS = [
  `update rejected_rows set text = null from imports
   where imports.id = import_id and connection_id = $1 and position($2 in text) > 0 returning 1`,
  `update rejection_counts set text = null from imports
   where imports.id = import_id and connection_id = $1 and position($2 in text) > 0 returning 1`,
  `update batches set last_error = '${ERASED}' from imports
   where imports.id = import_id and connection_id = $1 and position($2 in batches.last_error) > 0 returning 1`,
  ...['refused_text', 'last_error', 'failure'].map(
    (column) => `update imports set ${column} = '${ERASED}'
     where connection_id = $1 and position($2 in ${column}) > 0 returning 1`,
  ),
  `update imports set answer = jsonb_set(answer, '{message}', to_jsonb('${ERASED}'::text))
   where connection_id = $1 and position($2 in answer ->> 'message') > 0 returning 1`,
  // Of an environment, which connections may share.
  `update heap_denials set text = '${ERASED}'
   where position($2 in text) > 0 and exists (select from imports
     where imports.connection_id = $1 and imports.environment_id = heap_denials.environment_id) returning 1`,
]
