-- What a sync delivered last, as fingerprints, so that only what has changed needs to be sent; and tests.
alter table imports
  -- Rows that equal those of the last delivery and were not sent.
  add column unchanged integer not null default 0,
  -- Against the last whole delivery of the sync: {"new", "changed", "unchanged", "gone"}, in rows.
  add column comparison jsonb,
  -- Of how many rows the fingerprints are kept; null: of none.
  add column known_rows integer,
  -- In how many parts.
  add column known_parts integer,
  -- How many deliveries of the sync in a row, this one included, have left out unchanged rows.
  add column changed_run integer not null default 0;

alter table imports
  drop constraint rows_are_accounted_for,
  add constraint rows_are_accounted_for check (
    received >= delivered + rejected + skipped + superseded + unchanged
    and (state <> 'finished' or received = delivered + rejected + skipped + superseded + unchanged)
  );

-- Two hashes of 64 bits a row, of its join key and of the entity as Heap gets it.
create table known_rows (
  import_id integer not null references imports (id) on delete cascade,
  -- By the first bits of the key's hash, so that one key is looked up in one part.
  part integer not null,
  hashes bytea not null,
  primary key (import_id, part)
);
alter table known_rows alter column hashes set storage external;

-- What the hashes are made with: the same for all imports, so that they can be compared. It has one row.
create table known_rows_key (
  only_one boolean primary key default true check (only_one),
  key bytea not null
);

-- What a test sent to Heap, and what Heap answered. Kept as long as rejected rows.
create table test_exchanges (
  import_id integer primary key references imports (id) on delete cascade,
  path text not null,
  body text not null,
  -- Null: no answer came.
  status integer,
  answer text
);
