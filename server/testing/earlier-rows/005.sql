insert into heap_slots (environment_id, process, held, wanted) values ('11', gen_random_uuid(), 1, 3);
