import type { SyncSettings } from '../../../../shared/settings/sync-settings.ts'
import type { Database } from '../../engine/database.ts'
import { patiently } from '../../engine/patiently.ts'
import { storableText } from '../../engine/storable-text.ts'
import { lockImports } from '../lock-imports.ts'
import { findLater } from '../repair/key-repository.ts'
import { lockTarget } from '../repair/retry-repository.ts'
import type { SyncCaller } from '../sync-repository.ts'
import { hasRoom } from '../waiting-refs.ts'
import { DISCARDED, DISCARDED_BY_TIME } from './held-texts.ts'

export type HeldRepository = ReturnType<typeof createHeldRepository>

/** SQL: an import that waits for somebody to decide. */
const IS_HELD = "held_because is not null and state <> 'finished' and cancelled_at is null"

/** SQL: none of its rows was accepted, and nobody needs to know which keys they had. */
const DISCARD = `held_because = null, held_at = null, discarded = true, cancelled_at = now(), complete = false,
  keys_told = true`

/** Imports that wait for somebody to release or discard them, and the syncs whose unusual deliveries do. */
export function createHeldRepository(database: Database) {
  const patient = <T>(work: () => Promise<T>) => patiently(work, database.patienceMs)

  return {
    /** The settings of an import that waits for somebody to decide; undefined: it does not. */
    async find(importId: number): Promise<SyncSettings | undefined> {
      const [row] = await patient(() =>
        database.query<{ settings: SyncSettings }>(
          `select settings from imports where id = $1 and ${IS_HELD}`,
          [importId],
        ),
      )
      return row?.settings
    },

    /**
     * From now on the rows of an import may be sent, as any that wait for their turn; the time in which Heap must take
     * them begins anew.
     *
     * @param seen the later imports whose keys have been left out
     * @returns `changed`, and nothing is done, when there are others by now
     */
    release(importId: number, seen: readonly number[]): Promise<'released' | 'changed' | 'not_held'> {
      let isDone = false
      return patient(() =>
        database.transaction(async (transaction) => {
          // Of an attempt whose commit got no answer.
          if (isDone && (await transaction.query(RELEASED, [importId])).length > 0) return 'released'
          await lockTarget(transaction, importId)
          await lockImports(transaction, [importId])
          const later = await findLater(transaction, importId)
          const accepted = later.filter(({ isHeld }) => !isHeld)
          const isSame =
            accepted.length === seen.length && accepted.every(({ id }, index) => id === seen[index])
          if (!isSame || accepted.some(({ isReading }) => isReading)) return 'changed'
          const rows = await transaction.query(
            `update imports set holds = false, held_because = null, held_at = null, sending_began_at = now()
             where id = $1 and ${IS_HELD} returning id`,
            [importId],
          )
          if (rows.length === 0) return 'not_held'
          await transaction.query('update batches set stored_at = now() where import_id = $1', [importId])
          isDone = true
          return 'released'
        }),
      )
    },

    /** Nothing of an import is sent or kept. @returns false when it does not wait for somebody to decide */
    discard(importId: number): Promise<boolean> {
      return patient(() =>
        database
          .query(
            `with discarded as (
               update imports set ${DISCARD}, failure = $2 where id = $1 and ${IS_HELD} returning id
             ), dropped as (delete from import_keys using discarded where import_id = discarded.id)
             select id from discarded`,
            [importId, DISCARDED],
          )
          .then((rows) => rows.length > 0),
      )
    },

    /** Discards what nobody has decided about for so many days. @returns how many imports */
    async discardOld(days: number): Promise<number> {
      const rows = await database.query(
        `with discarded as (
           update imports set ${DISCARD}, failure = $2
           where ${IS_HELD} and held_at < now() - make_interval(days => $1) returning id
         ), dropped as (delete from import_keys using discarded where import_id = discarded.id)
         select id from discarded`,
        [days, DISCARDED_BY_TIME],
      )
      return rows.length
    },

    /**
     * Keeps whether somebody is asked before unusual deliveries of a sync are sent; it may not have delivered yet.
     *
     * @returns false: too many syncs of the connection have not, and nothing is kept
     */
    setHold({ connectionId, origin }: SyncCaller, syncId: string, hold: boolean): Promise<boolean> {
      const sync = [connectionId, storableText(origin), storableText(syncId)]
      return patient(() =>
        database.transaction(async (transaction) => {
          if (!hold) {
            await transaction.query(
              'delete from sync_guardrails where connection_id = $1 and looker_origin = $2 and sync_id = $3',
              sync,
            )
            return true
          }
          const known = await transaction.query(
            'select from sync_guardrails where connection_id = $1 and looker_origin = $2 and sync_id = $3',
            sync,
          )
          if (known.length > 0) return true
          if (!(await hasRoom(transaction, 'sync_guardrails', connectionId))) return false
          await transaction.query(
            `insert into sync_guardrails (connection_id, looker_origin, sync_id) values ($1, $2, $3)
             on conflict do nothing`,
            sync,
          )
          return true
        }),
      )
    },
  }
}

const RELEASED = 'select id from imports where id = $1 and not holds'
