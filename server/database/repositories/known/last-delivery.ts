/**
 * Why the rows of the last delivery cannot be relied on.
 *
 * - `other_heap`: it was sent to another address of Heap
 * - `since`: the sync, or its Look, was sent since
 * - `not_kept`: its fingerprints are not kept
 * - `restored`: the database may have been set back since
 * - `undecided`: not every row of it is known to stand in Heap
 * - `other_sync`: another sync has written some of its properties since
 */
export type Doubt = 'other_heap' | 'since' | 'not_kept' | 'restored' | 'undecided' | 'other_sync'

/** The last whole delivery of a sync into the same target. */
export type LastDelivery = {
  id: number
  received: number
  /** Of how many rows fingerprints are kept, and in how many parts; null: of none. */
  rows: number | null
  parts: number | null
  changedRun: number
  /** Null: Heap has all of it, but for its rejected rows, and nothing was sent since. */
  doubt: Doubt | null
}

/**
 * SQL: has another sync of the connection sent properties of `last` to the same environment since, or beside it?
 *
 * Which properties a delivery had is known when it has been read; until then it is on its way at the same time as this
 * one, and which of two syncs then comes last was never promised.
 */
const OTHER_SYNC = `exists (
  select from imports other
  where other.id in (
      select id from imports where id > last.id
      union select id from imports where state = 'finished' and finished_at >= last.started_at
      union select id from imports where state <> 'finished'
    )
    and other.connection_id = own.connection_id and other.environment_id = own.environment_id
    and coalesce(other.settings ->> 'propertyType', 'user') = coalesce(own.settings ->> 'propertyType', 'user')
    and other.sync_key <> own.sync_key and other.target_key is not null and other.state <> 'reading'
    and (other.state <> 'finished' or other.received > other.skipped + other.superseded + other.unchanged)
    and coalesce((
      select bool_or(theirs ->> 'name' in (select ours ->> 'name' from jsonb_array_elements(last.properties) ours))
      from jsonb_array_elements(coalesce(
        other.properties, (select properties from imports tried where tried.id = other.retry_of)
      )) theirs
    ), true)
)`

/**
 * SQL: the last whole delivery before the import $1, as a `LastDelivery`.
 *
 * $2: Heap's base URL for it; $3: the database's lineage.
 */
export const LAST_DELIVERY = `select last.id, last.received, last.known_rows as rows, last.known_parts as parts,
   last.changed_run as "changedRun",
   case
     when last.heap_url is not null and last.heap_url <> $2::text then 'other_heap'
     when exists (
       select from imports since
       where since.id > last.id and since.id < own.id and since.sync_key = own.sync_key
         and since.target_key is not null
     ) or exists (
       select from imports since
       where since.id > last.id and since.id < own.id and since.source_key = own.source_key
         and since.target_key is not null
     ) then 'since'
     when last.known_rows is null then 'not_kept'
     when last.known_lineage is distinct from $3::text or last.heap_url is null then 'restored'
     when last.state <> 'finished' or last.superseded > 0
       or (last.rejected > 0 and not exists (select from rejected_rows where import_id = last.id)) then 'undecided'
     when ${OTHER_SYNC} then 'other_sync'
   end as doubt
 from imports own join imports last on last.id = (
   select id from imports earlier
   where earlier.sync_key = own.sync_key and earlier.id < own.id and earlier.retry_of is null
     and earlier.complete and earlier.target_key is not null
     and earlier.environment_id = own.environment_id
     and earlier.settings -> 'propertyType' = own.settings -> 'propertyType'
     and earlier.settings -> 'matchBy' = own.settings -> 'matchBy'
     and earlier.settings -> 'joinKeyColumn' = own.settings -> 'joinKeyColumn'
   order by id desc limit 1
 ) where own.id = $1`
