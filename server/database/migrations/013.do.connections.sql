-- What a connection is told apart by; several may be good at once, so that one is replaced without a gap.
create table connection_tokens (
  id integer generated always as identity primary key,
  connection_id integer not null references connections (id),
  -- action: for Looker's calls. extension: for the exchange at /api/token, and nothing else.
  kind text not null check (kind in ('action', 'extension')),
  token_hash bytea not null unique,
  created_at timestamptz not null default now(),
  -- Null: until it is replaced.
  ends_at timestamptz
);
create index connection_tokens_of_connection on connection_tokens (connection_id);
insert into connection_tokens (connection_id, kind, token_hash, created_at)
  select id, 'action', token_hash, created_at from connections on conflict do nothing;

-- connections.token_hash is kept for servers of the version before, while they still run: the newest action token.
alter table connections
  -- Ids of the Heap environments that it may write; null: all of the server.
  add column environments text[],
  -- Origins of its Looker; null: all of LOOKER_URL.
  add column origins text[],
  add column removed_at timestamptz;

-- Random keys that all processes share.
create table server_keys (
  name text primary key,
  key bytea not null,
  created_at timestamptz not null default now()
);
