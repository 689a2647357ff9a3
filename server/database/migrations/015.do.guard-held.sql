-- A server of the release before, beside one of this, knows nothing of imports that nobody may let go yet: it would
-- send them as soon as no older import is in their way. That fails here, and is tried again, until the rows may go.
create function keep_held() returns trigger language plpgsql as $$
begin
  if (select holds from imports where id = new.import_id) then
    raise exception 'import % waits for somebody to decide', new.import_id;
  end if;
  return new;
end $$;

create trigger batches_held before update of state on batches for each row
  when (old.state = 'held' and new.state = 'stored') execute function keep_held();
