-- The sessions of the server, as JSON, when a statement may ask for them.
CREATE FUNCTION pg_toast.riffq_sessions()
RETURNS TABLE (process_id integer, user_name text, database text, application_name text, state text, query text,
  client_address text, client_port integer, connected timestamptz, transaction_began timestamptz,
  query_began timestamptz, state_changed timestamptz, encrypted boolean)
LANGUAGE sql STABLE ROWS 10
BEGIN ATOMIC
  SELECT * FROM json_to_recordset(coalesce(nullif(pg_toast.current_setting('riffq.sessions', true), ''), '[]')::json)
  AS s (process_id integer, user_name text, database text, application_name text, state text, query text,
    client_address text, client_port integer, connected timestamptz, transaction_began timestamptz,
    query_began timestamptz, state_changed timestamptz, encrypted boolean);
END;

CREATE FUNCTION pg_catalog.pg_stat_get_activity(pid integer, OUT datid oid, OUT pid integer, OUT usesysid oid,
  OUT application_name text, OUT state text, OUT query text, OUT wait_event_type text, OUT wait_event text,
  OUT xact_start timestamptz, OUT query_start timestamptz, OUT backend_start timestamptz, OUT state_change timestamptz,
  OUT client_addr inet, OUT client_hostname text, OUT client_port integer, OUT backend_xid xid, OUT backend_xmin xid,
  OUT backend_type text, OUT ssl boolean, OUT sslversion text, OUT sslcipher text, OUT sslbits integer,
  OUT ssl_client_dn text, OUT ssl_client_serial numeric, OUT ssl_issuer_dn text, OUT gss_auth boolean,
  OUT gss_princ text, OUT gss_enc boolean, OUT gss_delegation boolean, OUT leader_pid integer, OUT query_id bigint)
RETURNS SETOF record LANGUAGE sql STABLE ROWS 10
BEGIN ATOMIC
  SELECT d.oid, s.process_id, r.oid, s.application_name, s.state, coalesce(s.query, '<insufficient privilege>'),
    CASE WHEN s.state <> 'active' THEN 'Client' END, CASE WHEN s.state <> 'active' THEN 'ClientRead' END,
    s.transaction_began, s.query_began, s.connected, s.state_changed, s.client_address::inet, NULL::text, s.client_port,
    NULL::xid, NULL::xid, CASE WHEN s.query IS NOT NULL THEN 'client backend' END, s.encrypted, NULL::text, NULL::text,
    NULL::integer, NULL::text, NULL::numeric, NULL::text, CASE WHEN s.query IS NOT NULL THEN false END, NULL::text,
    CASE WHEN s.query IS NOT NULL THEN false END, CASE WHEN s.query IS NOT NULL THEN false END, NULL::integer, NULL::bigint
  FROM pg_toast.riffq_sessions() s
  LEFT JOIN LATERAL pg_toast.riffq_databases(s.database) d ON true
  LEFT JOIN pg_catalog.pg_roles r ON r.rolname = s.user_name
  WHERE $1 IS NULL OR s.process_id = $1;
END;
