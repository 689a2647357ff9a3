-- The syncs that are shown in metrics: those with the newest deliveries.
create index syncs_by_newest on syncs (last_import_at desc);
