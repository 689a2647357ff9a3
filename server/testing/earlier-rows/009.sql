update syncs set late_since = now() where sync_key = 'e';
insert into alerts (sync, kind, since, due_by) select id, 'late', now(), 'rhythm' from syncs where sync_key = 'e';
