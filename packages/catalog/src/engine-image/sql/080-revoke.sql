-- What a reader of the catalog has no use for: waiting, locks, messages to other backends, large objects, files, the
-- state of the server, and whatever keeps something after the transaction.
DO $$
DECLARE
  found regprocedure;
BEGIN
  FOR found IN
    SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND (
      proname ~ '^(lo_|lowrite|loread|pg_sleep|pg_advisory|pg_try_advisory|pg_read_|pg_ls_|pg_stat_file|pg_stat_reset|pg_logical_|pg_replication_|pg_create_|pg_drop_|pg_wal_|pg_backup_|pg_switch_wal|pg_promote|pg_reload|pg_rotate|pg_log_|pg_import_|pg_export_snapshot|pg_notify|pg_current_logfile|pg_restore_|pg_clear_|pg_set_|pg_copy_|pg_sync_|brin_|gin_clean|pg_nextoid|pg_stop|pg_start|pg_prepared|pg_partition_root_x|binary_upgrade|database_to_xml|cursor_to_xml|schema_to_xml|table_to_xml|query_to_xml|ts_stat|setval|nextval|currval|lastval|pg_extension_config_dump|pg_current_wal|pg_walfile|pg_get_wal|pg_last_wal|pg_last_xact|pg_blocking|pg_safe_snap|pg_isolation_test|pg_stat_have_stats|pg_stat_force|pg_event_trigger|pg_get_object_address_x)')
  LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', found);
  END LOOP;
END
$$;
