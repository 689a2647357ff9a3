insert into sync_alerts (connection_id, looker_origin, sync_id, slack_url) values
  (1, 'https://acme.cloud.looker.com', 'sync-id-9876543210', 'https://hooks.slack.com/services/x');
update syncs set was_late_since = now() where sync_key = 'e';
