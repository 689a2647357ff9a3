-- Syncs whose unusual deliveries are paused until somebody decides; also before their first delivery.
create table sync_guardrails (
  connection_id integer not null references connections (id),
  looker_origin text not null,
  sync_id text not null,
  told_at timestamptz not null default now(),
  -- No delivery has borne the reference yet, as far as is known.
  waiting boolean not null default true,
  primary key (connection_id, looker_origin, sync_id)
);
create index sync_guardrails_waiting on sync_guardrails (connection_id) where waiting;

alter table imports
  -- None of its batches is let go. From the opening of an import of such a sync until it is known that it is as
  -- usual, or somebody has released it; for good, when it is discarded.
  add column holds boolean not null default false,
  -- Since when it waits for somebody to decide: as long as held_because says why.
  add column held_at timestamptz,
  -- Cancelled in that none of it was accepted: nothing of it is kept for another try.
  add column discarded boolean not null default false;
create index imports_held on imports (held_at) where held_because is not null and state <> 'finished';

alter table alerts
  drop constraint alerts_kind_check,
  add constraint alerts_kind_check check (kind in ('failing', 'recovered', 'late', 'held'));

-- One of a sync, however many of its deliveries wait.
create or replace function tell_held() returns trigger language plpgsql as $$
begin
  insert into alerts (sync, kind, import_id, since)
  select new.sync, 'held', new.id, new.held_at
  where new.sync is not null and not exists (
    select from imports other
    where other.sync = new.sync and other.id <> new.id and other.state <> 'finished' and other.held_because is not null
  );
  return null;
end $$;

create trigger import_held after update of held_because on imports for each row
  when (old.held_because is null and new.held_because is not null and new.state <> 'finished') execute function tell_held();
