-- The prepared statements and the cursors of the session that asks, as JSON, when a statement may ask for them.
CREATE FUNCTION pg_catalog.pg_prepared_statement(OUT name text, OUT statement text, OUT prepare_time timestamptz,
  OUT parameter_types regtype[], OUT result_types regtype[], OUT from_sql boolean, OUT generic_plans bigint,
  OUT custom_plans bigint)
RETURNS SETOF record LANGUAGE sql STABLE STRICT ROWS 10
BEGIN ATOMIC
  SELECT s.name, s.statement, s.prepared, s.parameter_types::regtype[], s.result_types::regtype[], s.from_sql, 0::bigint, 0::bigint
  FROM json_to_recordset(coalesce(nullif(pg_toast.current_setting('riffq.prepared_statements', true), ''), '[]')::json)
    AS s (name text, statement text, prepared timestamptz, parameter_types oid[], result_types oid[], from_sql boolean);
END;

CREATE FUNCTION pg_catalog.pg_cursor(OUT name text, OUT statement text, OUT is_holdable boolean, OUT is_binary boolean,
  OUT is_scrollable boolean, OUT creation_time timestamptz)
RETURNS SETOF record LANGUAGE sql STABLE STRICT ROWS 10
BEGIN ATOMIC
  SELECT c.name, c.statement, c.is_holdable, c.is_binary, c.is_scrollable, c.created
  FROM json_to_recordset(coalesce(nullif(pg_toast.current_setting('riffq.cursors', true), ''), '[]')::json)
    AS c (name text, statement text, is_holdable boolean, is_binary boolean, is_scrollable boolean, created timestamptz);
END;
