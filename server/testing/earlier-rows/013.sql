insert into connection_tokens (connection_id, kind, token_hash) values (1, 'extension', '\x02');
insert into server_keys (name, key) values ('jwt', '\x00');
