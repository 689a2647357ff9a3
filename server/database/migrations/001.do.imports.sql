-- One Looker instance that may call us. The token is kept as a hash only.
create table connections (
  id integer generated always as identity primary key,
  name text not null unique,
  token_hash bytea not null,
  created_at timestamptz not null default now()
);

-- Our processing of one delivery. The counts change in the transactions that decide a row's fate, so the
-- equation of the last check holds in every committed state.
create table imports (
  id integer generated always as identity primary key,
  connection_id integer not null references connections (id),
  -- Deliveries of one sync overwrite the same properties, so they are taken one at a time.
  sync_key text not null,
  plan_id text,
  title text,
  settings jsonb not null,
  environment_id text not null,
  state text not null check (state in ('reading', 'sending', 'finished')),
  -- Why reading ended early, as it was told to Looker.
  failure text,
  warnings jsonb not null default '[]',
  superseded_by integer references imports (id),
  -- What Heap said when it refused every row that was tried; the rest is not sent.
  refused_text text,
  received integer not null default 0,
  delivered integer not null default 0,
  rejected integer not null default 0,
  skipped integer not null default 0,
  superseded integer not null default 0,
  -- How often the reader has stored something: a repeated storing is told apart by it.
  intakes integer not null default 0,
  cut_values integer not null default 0,
  unwrapped_values integer not null default 0,
  started_at timestamptz not null default now(),
  -- Renewed by the process that reads; when it stops, the reader is gone.
  reader_seen_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint rows_are_accounted_for check (
    received >= delivered + rejected + skipped + superseded
    and (state <> 'finished' or received = delivered + rejected + skipped + superseded)
  )
);
create index imports_open on imports (sync_key, id) where state <> 'finished';
create index imports_started on imports (started_at);
create index imports_of_plan on imports (plan_id, id);

-- Up to 1,000 entities on their way to Heap. Once all of them are decided the payload is dropped.
create table batches (
  import_id integer not null references imports (id) on delete cascade,
  number integer not null,
  -- Held: waits, without a job, until nothing of an older import of the sync is in flight.
  state text not null check (state in ('held', 'stored', 'sending', 'done')),
  -- Raised by every claim: an outcome counts only for the attempt it belongs to.
  attempt integer not null default 0,
  entities integer not null,
  -- Row numbers of the entities in order, as ranges: "1-16,18-1001".
  row_ranges text not null,
  -- One line of JSON an entity, compressed with Zstandard.
  payload bytea,
  last_error text,
  stored_at timestamptz not null default now(),
  primary key (import_id, number)
);
alter table batches alter column payload set storage external;
create index batches_sending on batches (import_id) where state = 'sending';
create index batches_waiting on batches (import_id) where state <> 'done';

-- Every row that did not arrive, by name. Kept for 14 days.
create table rejected_rows (
  import_id integer not null references imports (id) on delete cascade,
  row_number integer not null,
  join_key text,
  reason text not null,
  -- What Heap said.
  text text,
  primary key (import_id, row_number)
);
