update imports set carried = 1, unkept = 1, keys_told = true where sync_key = 'e';
insert into kept_lines (import_id, entities, row_ranges, payload, bytes)
  select id, 2, '1-2', '\x28b52ffd', 4 from imports where sync_key = 'e';
insert into import_keys (import_id, part, hash_key, hashes, bytes)
  select id, 0, '\x00', '\x0102', 2 from imports where sync_key = 'e';
