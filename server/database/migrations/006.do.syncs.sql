-- What deliveries of one sync have in common; see the word in docs. Its state is that of its newest import which
-- has ended; whatever depends on the time (is it late?) is worked out when it is asked for.
create table syncs (
  id integer generated always as identity primary key,
  connection_id integer not null references connections (id),
  sync_key text not null,
  -- Origin of the URLs of its deliveries; empty: they had none.
  looker_origin text not null default '',
  looker_instance text,
  -- The form parameter sync_id.
  sync_id text,
  plan_id text,
  -- As its newest delivery says.
  title text,
  environment_id text not null,
  property_type text not null,
  last_import_at timestamptz not null default now(),
  -- The newest import that has ended, and since when all that ended have ended so.
  last_ended integer,
  state text check (state in ('well', 'rejected_rows', 'failing')),
  state_since timestamptz,
  last_success_at timestamptz,
  created_at timestamptz not null default now(),
  unique (sync_key, looker_origin)
);
create index syncs_by_sync_id on syncs (sync_id) where sync_id is not null;
create index syncs_by_plan on syncs (plan_id) where sync_id is null;
create index syncs_of_instance on syncs (connection_id, looker_instance, looker_origin);

-- When Looker delivers, as the wizard says: also before the first delivery.
create table sync_schedules (
  connection_id integer not null references connections (id),
  looker_origin text not null,
  -- As the API names a sync: a sync_id, or plan:4711.
  ref text not null,
  schedule jsonb not null,
  told_at timestamptz not null default now(),
  primary key (connection_id, looker_origin, ref)
);

alter table imports
  add column sync integer references syncs (id),
  -- How it has ended: the same as Looker is told of an import whose every row is decided.
  add column ended text generated always as (case
    when state <> 'finished' then null
    when failure is not null then 'failed'
    when received = 0 then 'success'
    when rejected + skipped = received then 'failed'
    when rejected::float8 * 100 / (received - skipped) > coalesce((settings ->> 'maxRejectedPercent')::float8, 0)
      then 'failed'
    when rejected > 0 then 'rejected_rows'
    else 'success'
  end) stored,
  add column first_byte_at timestamptz,
  add column reading_ended_at timestamptz,
  -- When the first rows were stored to be sent.
  add column sending_began_at timestamptz,
  -- What Looker was given, and when.
  add column answer jsonb,
  -- Requests to Heap that failed and were made again, and what the last of them ended with.
  add column retries integer not null default 0,
  add column last_error text,
  -- How many rows had a value of each property, by type.
  add column properties jsonb,
  -- The import whose rows these are once more.
  add column retry_of integer references imports (id) on delete set null,
  -- Why a guardrail has stopped it.
  add column held_because text;

alter table batches add column retry_at timestamptz;

insert into syncs (connection_id, sync_key, looker_instance, sync_id, plan_id, title, environment_id, property_type,
  last_import_at, created_at)
select distinct on (sync_key) connection_id, sync_key, looker_instance, sync_id, plan_id, title, environment_id,
  coalesce(settings ->> 'propertyType', 'user'), started_at,
  min(started_at) over (partition by sync_key)
from imports order by sync_key, id desc;

update imports set sync = syncs.id, reading_ended_at = case when imports.state <> 'reading' then finished_at end
from syncs where syncs.sync_key = imports.sync_key;

create index imports_of_sync_by_time on imports (sync, started_at desc, id desc);
create index imports_of_sync_by_end on imports (sync, ended, started_at desc, id desc) where ended is not null;
create index imports_of_sync_whole on imports (sync, id desc) where complete and state = 'finished';
create index imports_of_sync_open on imports (sync, started_at desc, id desc) where state <> 'finished';
create index imports_retries on imports (retry_of) where retry_of is not null;
create index imports_finished on imports (finished_at) where state = 'finished';

-- Each part reads the imports once, however many a sync has.
with newest as (
  select distinct on (sync) sync, id, ended, finished_at from imports
  where ended is not null and settings ->> 'dryRun' is distinct from 'true' order by sync, id desc
), others as (
  select imports.sync, max(imports.id) as id from imports join newest on newest.sync = imports.sync
  where imports.ended <> newest.ended and settings ->> 'dryRun' is distinct from 'true' group by imports.sync
), alike as (
  -- The first end after the last one that was another.
  select imports.sync, min(imports.finished_at) as since
  from imports join newest on newest.sync = imports.sync left join others on others.sync = imports.sync
  where imports.ended = newest.ended and imports.id > coalesce(others.id, 0)
    and settings ->> 'dryRun' is distinct from 'true' group by imports.sync
), arrived as (
  select sync, max(finished_at) as at from imports
  where ended in ('success', 'rejected_rows') and settings ->> 'dryRun' is distinct from 'true' group by sync
)
update syncs set last_ended = newest.id, state_since = coalesce(alike.since, newest.finished_at),
  last_success_at = arrived.at,
  state = case newest.ended when 'success' then 'well' when 'failed' then 'failing' else newest.ended end
from newest left join alike on alike.sync = newest.sync left join arrived on arrived.sync = newest.sync
where syncs.id = newest.sync;

-- The rejected rows of an import by reason: there may be a million of them.
create table rejection_counts (
  import_id integer not null references imports (id) on delete cascade,
  reason text not null,
  -- Of the text, which may be longer than an index takes.
  text_hash text not null,
  -- What Heap said.
  text text,
  count integer not null,
  -- The smallest few row numbers, in order.
  first_rows integer[] not null,
  primary key (import_id, reason, text_hash)
);
create index rejection_counts_by_count on rejection_counts (import_id, count desc);
insert into rejection_counts (import_id, reason, text_hash, text, count, first_rows)
select import_id, reason, md5(coalesce(text, '')), min(text), count(*),
  (array_agg(row_number order by row_number))[1:5]
from rejected_rows group by import_id, reason, md5(coalesce(text, ''));
