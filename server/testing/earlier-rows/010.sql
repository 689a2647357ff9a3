insert into sync_guardrails (connection_id, looker_origin, sync_id) values
  (1, 'https://acme.cloud.looker.com', 'sync-id-9876543210');
insert into imports (connection_id, sync, sync_key, sync_id, settings, environment_id, state, received, holds, held_because,
  held_at) select 1, id, 'e', sync_id, '{"environmentId":"11","propertyType":"user","matchBy":"identity","dryRun":false}',
  '11', 'sending', 2, true, 'far fewer rows', now() from syncs where sync_key = 'e';
