import type { Queryable } from '../engine/database.ts'

/**
 * SQL: CTEs that bring the syncs of imports which have just ended up to date. What counts is the end of the newest
 * import: an older one that ends later changes no state. Neither does a dry run or a test, nor a retry but one that brings all
 * that the last import could not. Syncs are locked in one order.
 *
 * @param ended a CTE before them with the columns id, sync, ended, finished_at, settings and retry_of of imports
 */
export function syncsOfEnded(ended: string): string {
  return `newest_end as (
      select distinct on (sync) sync, id, finished_at,
        case ended when 'success' then 'well' when 'failed' then 'failing' else ended end as state
      from ${ended} entry
      where ended is not null and sync is not null and settings ->> 'dryRun' is distinct from 'true'
        and settings ->> 'testRows' is null and (retry_of is null or (ended = 'success' and exists (
          select from syncs
            join imports repaired on repaired.id = syncs.last_ended
            join imports own on own.id = entry.id
          where syncs.id = entry.sync and syncs.last_ended = entry.retry_of
            and own.received >= repaired.rejected)))
      order by sync, id desc
    ),
    arrived as (
      select sync, max(finished_at) as at from ${ended}
      where ended in ('success', 'rejected_rows') and settings ->> 'dryRun' is distinct from 'true'
        and settings ->> 'testRows' is null group by sync
    ),
    own_syncs as (select id from syncs where id in (select sync from newest_end) order by id for update),
    updated_syncs as (
      update syncs set
        last_ended = greatest(last_ended, newest_end.id),
        state_since = case when newest_end.id < last_ended or syncs.state = newest_end.state then state_since
          else newest_end.finished_at end,
        state = case when newest_end.id < last_ended then syncs.state else newest_end.state end,
        last_success_at = greatest(last_success_at, arrived.at)
      from own_syncs join newest_end on newest_end.sync = own_syncs.id left join arrived on arrived.sync = own_syncs.id
      where syncs.id = own_syncs.id
    )`
}

/**
 * SQL: CTEs that find or make the sync of a delivery, the last of them `own_sync` with its id. A sync whose Looker
 * was not known gets the one of the delivery, if the instance says that it is the same. A test of a sync says nothing
 * of when it delivers, and has a plan of its own, as has a dry run of one that has delivered already.
 *
 * The values are $1 connection, $2 Looker instance, $3 sync_id, $4 sync key, $5 plan, $6 title, $7 environment,
 * $8 property type, $9 origin of Looker or an empty text, $12 settings.
 */
export const OWN_SYNC = `known_sync as (
      select id, $12::jsonb ->> 'testRows' is not null
        or ($12::jsonb ->> 'dryRun' = 'true' and last_ended is not null) as is_aside
      from syncs
      where sync_key = $4::text
        and (looker_origin = $9::text
          or (looker_instance is not null and (looker_origin = '' or $9::text = '')))
      order by looker_origin = $9::text desc, last_import_at desc limit 1
    ),
    touched_sync as (
      update syncs set looker_origin = case when looker_origin = '' then $9::text else looker_origin end,
        plan_id = $5::text, title = $6::text, environment_id = $7::text, property_type = $8::text, last_import_at = now(),
        late_since = null
      from known_sync where syncs.id = known_sync.id and not is_aside returning syncs.id
    ),
    added_sync as (
      insert into syncs (connection_id, looker_instance, sync_id, sync_key, plan_id, title, environment_id,
        property_type, looker_origin)
      select $1::int, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text, $9::text
      where not exists (select from known_sync)
      on conflict (sync_key, looker_origin) do update set last_import_at = now(), late_since = null
      returning id
    ),
    own_sync as (select id from known_sync union all select id from added_sync)`

/** Deletes syncs that have delivered nothing for so many days and have no import left, and schedules without a sync. */
export async function deleteOldSyncs(database: Queryable, days: number): Promise<void> {
  await database.query(
    `delete from syncs where last_import_at < now() - make_interval(days => $1)
       and not exists (select from imports where imports.sync = syncs.id)`,
    [days],
  )
  await database.query(
    `delete from sync_schedules told where told_at < now() - make_interval(days => $1) and not exists (
       select from syncs where syncs.connection_id = told.connection_id and (syncs.sync_id = told.ref
         or (syncs.sync_id is null and 'plan:' || syncs.plan_id = told.ref)))`,
    [days],
  )
}
