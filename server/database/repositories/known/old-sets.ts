import type { Queryable } from '../../engine/database.ts'

/** SQL: nobody can ask for the set of an import: it did not become whole, is a check of long ago, or not the newest. */
const IS_OLD = `(not complete or (target_key is null and started_at < now() - interval '1 day')
  or (target_key is not null and exists (
    select from imports newer
    where newer.sync_key = imports.sync_key and newer.id > imports.id and newer.complete
      and newer.target_key is not null and newer.retry_of is null
  )))`

/** Deletes sets that nobody can ask for any more, and what a killed reader has left of one. */
export async function deleteOldKnownRows(database: Queryable): Promise<void> {
  await database.query(
    `with old as (
       update imports set known_rows = null, known_parts = null
       where known_rows is not null and state <> 'reading' and ${IS_OLD}
     )
     delete from known_rows using imports
     where imports.id = import_id and imports.state <> 'reading' and (imports.known_rows is null or ${IS_OLD})`,
  )
}
