insert into syncs (connection_id, sync_key, looker_origin, looker_instance, sync_id, title, environment_id, property_type,
  state, state_since, last_success_at) values
  (1, 'e', 'https://acme.cloud.looker.com', 'acme', 'sync-id-9876543210', 'Fifth', '11', 'user', 'failing', now(), now());
insert into sync_schedules (connection_id, looker_origin, ref, schedule) values
  (1, 'https://acme.cloud.looker.com', 'sync-id-9876543210', '{"crontab":"0 6 * * *","timezone":"UTC"}');
insert into imports (connection_id, sync, sync_key, sync_id, settings, environment_id, state, complete, received, delivered,
  rejected, first_byte_at, answer, retries, last_error, properties, finished_at) select 1, id, 'e', sync_id,
  '{"environmentId":"11","propertyType":"user","matchBy":"identity","dryRun":false,"maxRejectedPercent":1}', '11',
  'finished', true, 4, 2, 2, now(), '{"success":false}', 2, 'HTTP 500', '{"Plan":{"text":2}}', now()
  from syncs where sync_key = 'e';
insert into rejection_counts (import_id, reason, text_hash, text, count, first_rows)
  select id, 'heap_refused', md5('no'), 'no', 2, '{1,2}' from imports where sync_key = 'e';
insert into rejected_rows (import_id, row_number, join_key, reason, text)
  select id, number, 'key ' || number, 'heap_refused', 'no' from imports, generate_series(1, 2) as number where sync_key = 'e';
