-- The values of the session's settings, an object by lower-case name, go before what PostgreSQL itself has.
CREATE FUNCTION pg_toast.riffq_session_setting(text) RETURNS text LANGUAGE sql STABLE
RETURN nullif(pg_toast.current_setting('riffq.settings', true), '')::jsonb ->> lower($1);

-- What a source says of a setting goes before that.
CREATE FUNCTION pg_toast.riffq_source_setting(text) RETURNS text LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT r.setting FROM pg_toast.riffq_rows_of_source('source_settings') r WHERE lower(r.name) = lower($1);
END;

-- PostgreSQL is run here with as little as it needs, and as nobody else runs it: a server, which clients ask about, has these.
CREATE FUNCTION pg_toast.riffq_server_setting(text) RETURNS text LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
  SELECT v.setting FROM (VALUES
    ('allow_system_table_mods', 'off'), ('archive_command', ''), ('autovacuum', 'on'), ('autovacuum_worker_slots', '16'),
    ('bgwriter_flush_after', '512kB'), ('checkpoint_flush_after', '256kB'), ('commit_timestamp_buffers', '0'), ('config_file', ''),
    ('data_directory', ''), ('effective_io_concurrency', '16'), ('fsync', 'on'), ('full_page_writes', 'on'), ('hba_file', ''),
    ('huge_pages_status', 'unknown'), ('ident_file', ''), ('io_max_concurrency', '-1'), ('io_method', 'worker'), ('log_checkpoints', 'on'),
    ('log_timezone', 'GMT'), ('max_connections', '100'), ('max_files_per_process', '1000'), ('max_logical_replication_workers', '4'), ('max_parallel_maintenance_workers', '2'),
    ('max_parallel_workers', '8'), ('max_parallel_workers_per_gather', '2'), ('max_replication_slots', '10'), ('max_stack_depth', '100kB'),
    ('max_wal_senders', '10'), ('max_wal_size', '1GB'), ('max_worker_processes', '8'), ('min_wal_size', '80MB'),
    ('multixact_member_buffers', '256kB'), ('num_os_semaphores', '0'), ('serializable_buffers', '256kB'), ('shared_buffers', '128MB'),
    ('shared_memory_size', '0'), ('shared_memory_size_in_huge_pages', '-1'), ('ssl_ciphers', 'HIGH:MEDIUM:+3DES:!aNULL'),
    ('ssl_groups', 'X25519:prime256v1'), ('ssl_library', 'OpenSSL'), ('subtransaction_buffers', '0'), ('superuser_reserved_connections', '3'),
    ('synchronous_commit', 'on'), ('temp_file_limit', '-1'), ('transaction_buffers', '0'), ('wal_buffers', '-1'), ('wal_level', 'replica'),
    ('wal_segment_size', '16MB')
  ) v (name, setting) WHERE v.name = lower($1);
END;

-- Those that functions here use among themselves there are not for clients.
CREATE FUNCTION pg_toast.riffq_own_setting(text, missing_ok boolean) RETURNS text LANGUAGE sql STABLE STRICT
RETURN CASE WHEN NOT starts_with(lower($1), 'riffq.') THEN pg_toast.current_setting($1, $2)
  WHEN NOT $2 THEN pg_toast.riffq_refuse(format('unrecognized configuration parameter "%s"', $1), 'undefined_object') END;

CREATE FUNCTION pg_catalog.current_setting(text) RETURNS text LANGUAGE sql STABLE STRICT
RETURN coalesce(pg_toast.riffq_source_setting($1), pg_toast.riffq_session_setting($1),
  pg_toast.riffq_server_setting($1), pg_toast.riffq_own_setting($1, false));

CREATE FUNCTION pg_catalog.current_setting(text, boolean) RETURNS text LANGUAGE sql STABLE STRICT
RETURN coalesce(pg_toast.riffq_source_setting($1), pg_toast.riffq_session_setting($1),
  pg_toast.riffq_server_setting($1), pg_toast.riffq_own_setting($1, $2));

-- `90s` in milliseconds, `64MB` in bytes, and one of what a unit is: `8kB`, `ms`.
CREATE FUNCTION pg_toast.riffq_quantity(text) RETURNS numeric LANGUAGE sql IMMUTABLE
RETURN coalesce(substring($1 FROM '^-?\d+')::numeric, 1) * CASE substring($1 FROM '[a-zA-Z]+$')
  WHEN 'us' THEN 0.001 WHEN 's' THEN 1000 WHEN 'min' THEN 60000 WHEN 'h' THEN 3600000 WHEN 'd' THEN 86400000
  WHEN 'kB' THEN 1024 WHEN 'MB' THEN 1024 ^ 2 WHEN 'GB' THEN 1024 ^ 3 WHEN 'TB' THEN 1024 ^ 4 ELSE 1 END;

-- SHOW has `90s` where pg_settings has a number, and the unit in a column of its own.
CREATE FUNCTION pg_toast.riffq_in_unit(text, unit text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN $1 IS NULL OR unit IS NULL OR $1 !~ '^-?\d+(us|ms|s|min|h|d|B|kB|MB|GB|TB)$' THEN $1
  ELSE trim_scale(pg_toast.riffq_quantity($1) / pg_toast.riffq_quantity(unit))::text END;

CREATE FUNCTION pg_catalog.pg_show_all_settings(OUT name text, OUT setting text, OUT unit text, OUT category text,
  OUT short_desc text, OUT extra_desc text, OUT context text, OUT vartype text, OUT source text, OUT min_val text,
  OUT max_val text, OUT enumvals text[], OUT boot_val text, OUT reset_val text, OUT sourcefile text,
  OUT sourceline integer, OUT pending_restart boolean)
RETURNS SETOF record LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT s.name, coalesce(o.setting, usual.setting, s.setting), s.unit, s.category, s.short_desc, s.extra_desc, s.context, s.vartype,
    CASE WHEN s.context = 'internal' THEN 'default' WHEN known.sources IS NOT NULL THEN coalesce(known.sources ->> lower(s.name), 'default')
      WHEN o.setting <> v.reset_val THEN 'session' ELSE 'default' END,
    -- What is in kB may be larger where pointers are longer than those of WebAssembly.
    s.min_val, CASE s.max_val WHEN '2097151' THEN '2147483647' ELSE s.max_val END, s.enumvals, v.boot_val, v.reset_val, s.sourcefile, s.sourceline, s.pending_restart
  FROM (SELECT nullif(pg_toast.current_setting('riffq.settings', true), '')::jsonb AS settings,
      nullif(pg_toast.current_setting('riffq.initial_settings', true), '')::jsonb AS initial,
      nullif(pg_toast.current_setting('riffq.setting_sources', true), '')::jsonb AS sources OFFSET 0) known,
    pg_toast.pg_show_all_settings() s,
    LATERAL (SELECT pg_toast.riffq_in_unit(known.settings ->> lower(s.name), s.unit) AS setting,
      pg_toast.riffq_in_unit(known.initial ->> lower(s.name), s.unit) AS initial) o,
    -- The version of this server is not the one of what answers for it.
    LATERAL (SELECT CASE WHEN s.name LIKE 'server\_version%' THEN o.setting
      ELSE pg_toast.riffq_in_unit(pg_toast.riffq_server_setting(s.name), s.unit) END AS setting) usual,
    LATERAL (SELECT coalesce(usual.setting, s.boot_val) AS boot_val, coalesce(o.initial, usual.setting, s.reset_val) AS reset_val) v
  WHERE s.name NOT LIKE 'riffq.%' AND s.name NOT LIKE 'plpgsql.%' AND s.name <> 'output_plugin_libraries'
    AND NOT EXISTS (SELECT FROM pg_toast.riffq_rows_of_source('source_settings') r WHERE lower(r.name) = lower(s.name))
  UNION ALL
  SELECT r.name, r.setting, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL::text[], NULL, NULL, NULL,
    NULL::integer, NULL::boolean
  FROM pg_toast.riffq_rows_of_source('source_settings') r
  ORDER BY 1;
END;

CREATE FUNCTION pg_catalog.pg_config(OUT name text, OUT setting text) RETURNS SETOF record LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT c.name, c.setting FROM pg_toast.pg_config() c
  WHERE NOT EXISTS (SELECT FROM pg_toast.riffq_rows_of_source('source_config') r WHERE r.name = c.name)
  UNION ALL
  SELECT r.name, r.setting FROM pg_toast.riffq_rows_of_source('source_config') r;
END;
