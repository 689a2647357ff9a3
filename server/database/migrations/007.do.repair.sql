-- What repairs an import, and what is needed to look at a million rejected rows.
alter table imports
  -- Since then nothing more of it is sent.
  add column cancelled_at timestamptz,
  -- Is it known which join keys it brought, or did nobody need to know?
  add column keys_told boolean not null default false,
  -- Rejected rows that could be tried again, had a later import not brought their keys.
  add column carried integer not null default 0,
  -- Rejected rows that could be tried again, had there been room to keep them.
  add column unkept integer not null default 0;
create index imports_cancelled on imports (id) where cancelled_at is not null and state <> 'finished';
-- What came after an import of the same rows.
create index imports_by_sync_key on imports (sync_key, id);
create index imports_by_source_key on imports (source_key, id) where source_key is not null;

-- Pages of one reason, and of one reason by join key. Bytes are compared, so that the beginning of a key is a range.
create index rejected_rows_by_reason on rejected_rows (import_id, reason, row_number);
create index rejected_rows_by_key on rejected_rows (import_id, reason, (join_key collate "C"), row_number)
  where join_key is not null;

-- Rejected rows that can be tried again: their lines, as batches have them, kept as long as rejected rows are.
create table kept_lines (
  import_id integer not null references imports (id) on delete cascade,
  number integer generated always as identity,
  entities integer not null,
  row_ranges text not null,
  payload bytea not null,
  -- Of the payload, so that nobody has to look at it to know how much is kept.
  bytes integer not null,
  primary key (import_id, number)
);
alter table kept_lines alter column payload set storage external;

-- Which join keys an import brought, as hashes, while an older one has rows that could still be tried again.
create table import_keys (
  import_id integer not null references imports (id) on delete cascade,
  part integer not null,
  -- Of the hashes, which are of no use without it.
  hash_key bytea not null,
  hashes bytea not null,
  bytes integer not null,
  primary key (import_id, part)
);
alter table import_keys alter column hashes set storage external;
