insert into imports (connection_id, sync, sync_key, sync_id, settings, environment_id, state, complete, received, delivered,
  unchanged, comparison, known_rows, known_parts, finished_at) select 1, id, 'e', sync_id,
  '{"environmentId":"11","propertyType":"user","matchBy":"identity","dryRun":false}', '11', 'finished', true, 3, 1, 2,
  '{"new":1,"changed":0,"unchanged":2,"gone":0}', 3, 1, now() from syncs where sync_key = 'e';
insert into known_rows (import_id, part, hashes) select id, 0, '\x0102' from imports where unchanged = 2;
insert into known_rows_key (key) values ('\x00');
insert into test_exchanges (import_id, path, body, status) select id, '/api', '{}', 200 from imports where unchanged = 2;
