-- What a reader of the catalog has no use for: waiting, locks, messages to other backends, large objects, files, the
-- state of the server, SQL in a text, and whatever keeps something after the transaction.
DO $$
DECLARE
  prefixes CONSTANT text[] := ARRAY['lo_', 'loread', 'lowrite', 'pg_sleep', 'pg_advisory', 'pg_try_advisory',
    'pg_read_', 'pg_ls_', 'pg_stat_file', 'pg_stat_reset', 'pg_stat_force', 'pg_logical_', 'pg_replication_', 'pg_create_',
    'pg_drop_', 'pg_copy_', 'pg_sync_', 'pg_backup_', 'pg_wal', 'pg_current_wal', 'pg_get_wal', 'pg_last_wal', 'pg_switch_wal',
    'pg_promote', 'pg_reload', 'pg_rotate', 'pg_log_', 'pg_import_', 'pg_export_snapshot', 'pg_current_logfile',
    'pg_restore_', 'pg_clear_', 'pg_set_', 'pg_nextoid', 'pg_get_backend_memory', 'pg_get_shmem',
    'pg_extension_config_dump', 'pg_event_trigger', 'binary_upgrade', 'brin_', 'gin_clean', 'nextval', 'setval', 'currval',
    'lastval', 'setseed', 'ts_stat', 'ts_rewrite', 'query_to_xml', 'cursor_to_xml', 'table_to_xml', 'schema_to_xml', 'database_to_xml'];
  found regprocedure;
BEGIN
  FOR found IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace
      AND EXISTS (SELECT FROM unnest(prefixes) AS prefix WHERE starts_with(p.proname, prefix))
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', found);
  END LOOP;
END
$$;
