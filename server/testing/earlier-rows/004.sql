insert into heap_denials (environment_id, status, text) values ('11', 403, 'this environment is not yours');
update batches set progress = '{"failures":1}' where state = 'stored';
