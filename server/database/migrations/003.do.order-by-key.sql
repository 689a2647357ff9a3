-- Rows are replaced and ordered by their key, no longer by their import as a whole.
alter table imports
  -- The Looker instance that called (x-looker-instance): plan ids are unique only within one.
  add column looker_instance text,
  -- The form parameter sync_id.
  add column sync_id text,
  -- The Look or query whose rows these are.
  add column source_key text,
  -- Environment, property type and what the join key is matched with; null: nothing is sent (a dry run).
  add column target_key text,
  -- Was the result read to its end? Only then it may replace rows that wait.
  add column complete boolean not null default false,
  -- Until then one process works on the order of this import's rows.
  add column ordering_until timestamptz;

update imports set
  target_key = case when settings ->> 'dryRun' = 'true' then null else
    json_build_array(environment_id, settings ->> 'propertyType', settings ->> 'matchBy')::text end,
  complete = state <> 'reading' and failure is null;

alter table imports
  drop column superseded_by,
  drop column cut_values,
  drop column unwrapped_values;

drop index imports_open;
create index imports_open on imports (target_key, id) where state <> 'finished';
create index imports_of_sync on imports (sync_id, id) where sync_id is not null;

-- Held now means: waits, without a job, until it is known which of its keys an older import still has to send.
drop index batches_sending;
create index batches_held on batches (import_id) where state = 'held';
