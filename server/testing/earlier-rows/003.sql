insert into imports (connection_id, sync_key, looker_instance, sync_id, source_key, target_key, settings, environment_id,
  state, complete, received, ordering_until) values
  (1, 'd', 'acme', 'sync-id-0123456789', 'look:1', '["11", "user", "identity"]',
    '{"environmentId":"11","propertyType":"user","matchBy":"identity","dryRun":false}', '11', 'sending', true, 2, now());
insert into batches (import_id, number, state, entities, row_ranges, payload)
  select id, 1, 'stored', 2, '1-2', '\x28b52ffd' from imports where sync_key = 'd';
