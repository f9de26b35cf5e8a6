-- Nobody may read the tables: information_schema would list them, and what looks each of its tables up would fail, because
-- nobody may name what is in pg_toast. These functions give what is in them.
CREATE FUNCTION pg_toast.riffq_views(oid) RETURNS TABLE (definition text) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
BEGIN ATOMIC SELECT v.definition FROM pg_toast.riffq_view v WHERE v.relation = $1; END;
CREATE FUNCTION pg_toast.riffq_settings() RETURNS TABLE (name text, setting text) LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
BEGIN ATOMIC SELECT s.name, s.setting FROM pg_toast.riffq_setting s; END;
CREATE FUNCTION pg_toast.riffq_configs() RETURNS TABLE (name text, setting text) LANGUAGE sql STABLE SECURITY DEFINER ROWS 10
BEGIN ATOMIC SELECT c.name, c.setting FROM pg_toast.riffq_config c; END;
-- The table of databases is in pg_toast, too, for clients older than PostgreSQL 17.
CREATE FUNCTION pg_toast.riffq_databases(text) RETURNS TABLE (oid oid) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1
BEGIN ATOMIC SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = $1; END;
