-- What is replaced below moves out of the way. A built-in cannot be replaced in place: PostgreSQL calls it by its OID.
UPDATE pg_proc SET pronamespace = 'pg_toast'::regnamespace
WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN (
  'version', 'current_setting', 'set_config', 'pg_show_all_settings', 'pg_config',
  'pg_get_expr', 'pg_get_viewdef', 'pg_get_constraintdef', 'pg_sequence_last_value', 'pg_get_sequence_data',
  'pg_backend_pid', 'inet_client_addr', 'inet_client_port', 'inet_server_addr', 'inet_server_port',
  'pg_postmaster_start_time', 'pg_conf_load_time', 'txid_current', 'pg_current_xact_id', 'txid_current_if_assigned', 'pg_current_xact_id_if_assigned',
  'pg_stat_get_activity', 'pg_prepared_statement', 'pg_cursor', 'pg_cancel_backend', 'pg_terminate_backend',
  'pg_stat_get_backend_idset', 'pg_stat_get_backend_pid', 'pg_stat_get_backend_dbid', 'pg_stat_get_backend_userid',
  'pg_stat_get_backend_activity', 'pg_stat_get_backend_activity_start', 'pg_stat_get_backend_xact_start', 'pg_stat_get_backend_start',
  'pg_stat_get_backend_client_addr', 'pg_stat_get_backend_client_port', 'pg_stat_get_backend_wait_event',
  'pg_stat_get_backend_wait_event_type', 'pg_stat_get_db_numbackends',
  'pg_notify', 'pg_listening_channels', 'txid_status', 'pg_xact_status', 'pg_get_ruledef', 'pg_database_size');
