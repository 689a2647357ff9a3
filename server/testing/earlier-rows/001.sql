insert into connections (name, token_hash) values ('default', '\x00'), ('other', '\x01');
-- One that is done with rejected rows, one on its way, one that a newer one has replaced, one that is read.
insert into imports (connection_id, sync_key, plan_id, title, settings, environment_id, state, failure, superseded_by,
  received, delivered, rejected, skipped, superseded, intakes, cut_values, unwrapped_values, finished_at) values
  (1, 'a', '7', 'First', '{"environmentId":"11","propertyType":"user","joinProperty":null,"dryRun":false}', '11',
    'finished', null, null, 10, 6, 3, 1, 0, 1, 2, 1, now()),
  (1, 'a', '7', 'Second', '{"environmentId":"11","propertyType":"user","joinProperty":"CRM","dryRun":false}', '11',
    'sending', null, null, 5, 2, 0, 0, 0, 1, 0, 0, null),
  (2, 'b', null, null, '{"environmentId":"12","propertyType":"account","joinProperty":null,"dryRun":false}', '12',
    'finished', 'Looker went away', 2, 3, 0, 0, 0, 3, 1, 0, 0, now()),
  (2, 'c', null, null, '{"environmentId":"12","propertyType":"user","joinProperty":null,"dryRun":true}', '12',
    'reading', null, null, 0, 0, 0, 0, 0, 0, 0, 0, null);
insert into batches (import_id, number, state, attempt, entities, row_ranges, payload, last_error) values
  (2, 1, 'done', 1, 2, '1-2', null, null), (2, 2, 'sending', 3, 2, '3-4', '\x28b52ffd', 'HTTP 503'),
  (2, 3, 'held', 0, 1, '5', '\x28b52ffd', null);
insert into rejected_rows (import_id, row_number, join_key, reason, text) values
  (1, 2, 'ann@example.com', 'heap_refused', 'no'), (1, 4, null, 'heap_refused', 'no'), (1, 9, 'bob', 'duplicate_key', null);
