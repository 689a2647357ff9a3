-- How many requests to an environment each server process may have in flight. Together they are at most
-- HEAP_CONCURRENCY; a process that is gone stops touching its rows, and what it held is free again.
create table heap_slots (
  environment_id text not null,
  process uuid not null,
  held integer not null,
  wanted integer not null,
  touched_at timestamptz not null default now(),
  primary key (environment_id, process)
);
