-- Who is told of a sync's changes of state, besides the receivers of the server. The secret and Slack's address
-- stand here as they are, since messages are signed and sent with them.
create table sync_alerts (
  connection_id integer not null references connections (id),
  looker_origin text not null,
  sync_id text not null,
  webhook_url text,
  webhook_secret text,
  slack_url text,
  set_at timestamptz not null default now(),
  -- No delivery has borne the reference yet, as far as is known.
  waiting boolean not null default true,
  primary key (connection_id, looker_origin, sync_id)
);
create index sync_alerts_waiting on sync_alerts (connection_id) where waiting;

alter table sync_schedules add column waiting boolean not null default true;
create index sync_schedules_waiting on sync_schedules (connection_id) where waiting;

alter table syncs
  -- From when on it is told that it is late: what was late before is no news.
  add column watched_since timestamptz not null default now(),
  -- Of a sync that was told to be late and delivers again: since when it was, until that import has ended.
  add column was_late_since timestamptz;

-- Of the end of a lateness: since when it had lasted.
alter table alerts add column late_since timestamptz;

-- The first import that ends after a lateness ends it. One that fails is told as that by state_changed, one that
-- ends a failure as well.
create or replace function tell_end_of_lateness() returns trigger language plpgsql as $$
begin
  insert into alerts (sync, kind, import_id, since, late_since)
  select new.id, 'recovered', new.last_ended, finished_at, old.was_late_since
  from imports where imports.id = new.last_ended;
  return null;
end $$;

create trigger lateness_ended after update of was_late_since on syncs for each row
  when (old.was_late_since is not null and new.was_late_since is null
    and new.state <> 'failing' and old.state is distinct from 'failing')
  execute function tell_end_of_lateness();
