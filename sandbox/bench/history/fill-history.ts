import type { Database } from '../../../server/database/engine/database.ts'

/** How much a history holds. The first sync has a fifth of all imports, the first ten imports half of the rows. */
export type HistorySize = { syncs: number; imports: number; rejectedRows: number; origin: string }

export const syncIdOf = (sync: number) => `benchmark-sync-${String(sync).padStart(6, '0')}`

/** Imports whose rejected rows are many. */
export const LARGE_IMPORTS = 10

/** Fills an empty history of connection 1, an import every ten minutes, one of three hundred still open. */
export async function fillHistory(database: Database, size: HistorySize): Promise<void> {
  const { syncs, imports, rejectedRows, origin } = size
  await database.query(
    `insert into syncs (connection_id, sync_key, looker_origin, looker_instance, sync_id, title, environment_id,
       property_type, last_ended, state, state_since, last_success_at)
     select 1, 'key ' || number, $2, 'bench', 'benchmark-sync-' || lpad(number::text, 6, '0'), 'Sync ' || number, '11',
       'user', 0, 'well', now() - interval '1 day', now()
     from generate_series(1, $1::int) as number`,
    [syncs, origin],
  )
  for (const [from, to] of parts(imports)) {
    await database.query(
      `insert into imports (connection_id, sync, sync_key, sync_id, title, settings, environment_id, state, complete,
         received, delivered, rejected, warnings, started_at, first_byte_at, sending_began_at, reading_ended_at,
         finished_at)
       select 1, sync, 'key ' || sync, 'benchmark-sync-' || lpad(sync::text, 6, '0'), 'Sync ' || sync,
         '{"environmentId":"11","propertyType":"user","matchBy":"identity","joinKeyColumn":"users.email","dryRun":false,"maxRejectedPercent":5,"propertyNames":{"rename":{},"exclude":[]},"madeFor":"this_action"}',
         '11', case when is_open then 'sending' else 'finished' end, true,
         1000000, case when is_open then 400000 else 1000000 - rejected end, case when is_open then 0 else rejected end,
         '[{"kind":"note","code":"looker_note","text":"A note of some length, as Looker has them."}]',
         start, start + interval '1 second', start + interval '2 seconds',
         case when not is_open then start + interval '60 seconds' end,
         case when not is_open then start + interval '90 seconds' end
       from (
         select case when number % 5 = 0 then 1 else 1 + number % $2::int end as sync,
           number % 300 = 299 as is_open,
           case when number <= ${LARGE_IMPORTS} then $3::int / ${LARGE_IMPORTS * 2}
             when number % 10 = 0 then 60000 else greatest(1, $3::int / 2 / $1::int) end as rejected,
           now() - interval '10 minutes' * ($1::int - number) as start
         from generate_series($4::int, $5::int) as number
       ) as numbered`,
      [imports, syncs, rejectedRows, from, to],
    )
  }
  for (const [from, to] of parts(rejectedRows)) {
    await database.query(
      `insert into rejected_rows (import_id, row_number, join_key, reason, text)
       select case when number <= $1::int / 2 then 1 + number % ${LARGE_IMPORTS}
           else 1 + number % $2::int end, number, 'person' || number || '@example.com',
         case when number % 3 = 0 then 'heap_refused' else 'join_key_duplicate' end,
         case when number % 3 = 0 then 'HTTP 400 invalid property of kind ' || number % 7 end
       from generate_series($3::int, $4::int) as number`,
      [rejectedRows, imports, from, to],
    )
  }
  await database.query(
    `insert into rejection_counts (import_id, reason, text_hash, text, count, first_rows)
     select import_id, reason, md5(coalesce(text, '')), min(text), count(*),
       (array_agg(row_number order by row_number))[1:5]
     from rejected_rows group by import_id, reason, md5(coalesce(text, ''))`,
  )
  await database.query('analyze')
}

/** So many rows at once: the embedded database is taken for dead when it is mute for long. */
const AT_ONCE = 50_000

/** First and last numbers that together are all from 1 on. */
function* parts(count: number): Generator<[from: number, to: number]> {
  for (let from = 1; from <= count; from += AT_ONCE) yield [from, Math.min(count, from + AT_ONCE - 1)]
}
