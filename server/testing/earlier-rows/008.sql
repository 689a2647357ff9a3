insert into alerts (sync, kind, import_id, since) select id, 'failing', 1, now() from syncs where sync_key = 'e';
