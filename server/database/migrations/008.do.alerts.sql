-- The syncs that are shown in metrics: those with the newest deliveries.
create index syncs_by_newest on syncs (last_import_at desc);

-- Changes of state that somebody is to be told of. A row is gone once it is queued, or nobody wants to be told.
create table alerts (
  id bigint generated always as identity primary key,
  sync integer not null references syncs (id) on delete cascade,
  kind text not null check (kind in ('failing', 'recovered')),
  -- The import that changed the state.
  import_id integer,
  since timestamptz not null,
  -- Of a recovery: since when it had failed.
  failing_since timestamptz
);

-- By a trigger, so that whatever changes the state tells of it, once, in the transaction that does.
create or replace function tell_change_of_state() returns trigger language plpgsql as $$
begin
  if new.state = 'failing' then
    insert into alerts (sync, kind, import_id, since) values (new.id, 'failing', new.last_ended, new.state_since);
  elsif old.state = 'failing' and new.state is not null then
    insert into alerts (sync, kind, import_id, since, failing_since)
    values (new.id, 'recovered', new.last_ended, new.state_since, old.state_since);
  end if;
  return null;
end $$;

create trigger state_changed after update of state on syncs for each row
  when (new.state is distinct from old.state) execute function tell_change_of_state();
