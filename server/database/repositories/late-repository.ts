import type { SyncSchedule } from '../../../shared/api/sync-schedule.ts'
import type { Due } from '../../../shared/syncs/due.ts'
import type { Database } from '../engine/database.ts'

/** A sync that may be late. */
export type QuietSync = {
  id: number
  /** Exact, as a text of ISO: by it is known whether another delivery has come meanwhile. */
  lastImportAt: string
  /** When its last deliveries began. */
  starts: Date[]
  schedule: SyncSchedule
  toldAt: Date | null
  createdAt: Date
}

/** What looks at all of a Looker's syncs goes in parts. */
const MOST_AT_ONCE = 500

/** SQL: see `quiet`. */
export const QUIET_SYNCS = `select syncs.id, to_json(last_import_at) #>> '{}' as "lastImportAt", created_at as "createdAt",
   schedule, told_at as "toldAt",
   coalesce((select json_agg(started_at) from (
     select started_at from imports where imports.sync = syncs.id and retry_of is null and settings ->> 'testRows' is null
       and (last_ended is null or settings ->> 'dryRun' is distinct from 'true')
     order by started_at desc, imports.id desc limit 10
   ) last), '[]') as starts
 from syncs
 left join lateral (
   select schedule, told_at from sync_schedules told
   where told.connection_id = syncs.connection_id
     and told.ref = coalesce(syncs.sync_id, 'plan:' || syncs.plan_id)
     and (told.looker_origin = syncs.looker_origin or (syncs.looker_origin = '' and syncs.sync_id is not null))
   order by told_at desc limit 1
 ) told on true
 where syncs.id > $1 and late_since is null and syncs.state is distinct from 'failing'
   and last_import_at < now() - make_interval(mins => $2)
   and last_import_at > now() - make_interval(days => $3)
   and not exists (select from imports where imports.sync = syncs.id and imports.state <> 'finished')
 order by syncs.id limit ${MOST_AT_ONCE}`

/** SQL: see `note`. */
export const NOTE_LATE = `with late as (
   update syncs set late_since = $3 where id = $1 and late_since is null and last_import_at = $2::timestamptz
   returning id
 )
 insert into alerts (sync, kind, import_id, since, due_by)
 select late.id, 'late', (
    select imports.id from imports where imports.sync = late.id order by started_at desc, imports.id desc limit 1
  ), $3, $4
 from late returning sync`

export type LateRepository = ReturnType<typeof createLateRepository>

/** Syncs whose next delivery is overdue. */
export function createLateRepository(database: Database) {
  return {
    /**
     * Syncs after an id that have delivered nothing for some time, with all that tells when the next delivery is due.
     * Left out are those that are known to be late or failing, have an import under way, or seem to be given up.
     */
    async quiet(
      after: number,
      { quietMinutes, givenUpDays }: { quietMinutes: number; givenUpDays: number },
    ): Promise<QuietSync[]> {
      const rows = await database.query<Omit<QuietSync, 'starts'> & { starts: string[] }>(QUIET_SYNCS, [
        after,
        quietMinutes,
        givenUpDays,
      ])
      return rows.map((row) => ({ ...row, starts: row.starts.map((start) => new Date(start)) }))
    },

    /**
     * Notes that a sync is late, with the alert of it, in one statement: once, however many processes find it.
     *
     * @returns false, and nothing is changed, when it is noted already or a delivery has come
     */
    async note({ id, lastImportAt }: QuietSync, { at, by }: Due): Promise<boolean> {
      const rows = await database.query(NOTE_LATE, [id, lastImportAt, at, by])
      return rows.length > 0
    },
  }
}
