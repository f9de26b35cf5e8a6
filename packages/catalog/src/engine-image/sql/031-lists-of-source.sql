-- Rows that a source has for pg_settings and pg_config come in settings of our own, as JSON, when the source is written.
CREATE FUNCTION pg_toast.riffq_rows_of_source(text) RETURNS TABLE (name text, setting text) LANGUAGE sql STABLE ROWS 10
BEGIN ATOMIC
  SELECT r.name, r.setting
  FROM json_to_recordset(coalesce(nullif(pg_catalog.current_setting('riffq.' || $1, true), ''), '[]')::json)
    AS r (name text, setting text);
END;

-- For clients older than PostgreSQL 17 the table of databases is in pg_toast, where they may not name it.
CREATE FUNCTION pg_toast.riffq_databases(text) RETURNS TABLE (oid oid) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
BEGIN ATOMIC SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = $1; END;
