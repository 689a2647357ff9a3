-- What the next attempt at a batch wants to know of the last one: how far it is split, how often it has failed.
alter table batches add column progress jsonb;

-- Environments for which Heap turns every request away, whatever is in it; gone when it takes or judges rows.
create table heap_denials (
  environment_id text primary key,
  since timestamptz not null default now(),
  last_at timestamptz not null default now(),
  status integer not null,
  -- What Heap said.
  text text not null
);
