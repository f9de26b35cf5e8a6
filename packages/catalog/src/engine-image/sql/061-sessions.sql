-- The sessions of the server, as JSON, when a statement may ask for them.
CREATE FUNCTION pg_toast.riffq_sessions()
RETURNS TABLE (process_id integer, user_name text, database text, application_name text, state text, query text,
  client_address text, client_port integer, connected timestamptz, transaction_began timestamptz,
  query_began timestamptz, state_changed timestamptz, encrypted boolean, tls_version text, tls_cipher text, tls_bits integer)
LANGUAGE sql STABLE ROWS 10
BEGIN ATOMIC
  SELECT * FROM json_to_recordset(coalesce(nullif(pg_toast.current_setting('riffq.sessions', true), ''), '[]')::json)
  AS s (process_id integer, user_name text, database text, application_name text, state text, query text,
    client_address text, client_port integer, connected timestamptz, transaction_began timestamptz,
    query_began timestamptz, state_changed timestamptz, encrypted boolean, tls_version text, tls_cipher text, tls_bits integer);
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
    NULL::xid, NULL::xid, CASE WHEN s.query IS NOT NULL THEN 'client backend' END, s.encrypted, s.tls_version, s.tls_cipher,
    s.tls_bits, NULL::text, NULL::numeric, NULL::text, CASE WHEN s.query IS NOT NULL THEN false END, NULL::text,
    CASE WHEN s.query IS NOT NULL THEN false END, CASE WHEN s.query IS NOT NULL THEN false END, NULL::integer, NULL::bigint
  FROM pg_toast.riffq_sessions() s
  LEFT JOIN LATERAL pg_toast.riffq_databases(s.database) d ON true
  LEFT JOIN pg_catalog.pg_roles r ON r.rolname = s.user_name
  WHERE $1 IS NULL OR s.process_id = $1;
END;

CREATE FUNCTION pg_catalog.pg_stat_get_db_numbackends(oid) RETURNS integer LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
  SELECT count(*)::integer FROM pg_catalog.pg_stat_get_activity(NULL) a WHERE a.datid = $1;
END;

-- Sessions are counted from 1, as there is no other number of them.
CREATE FUNCTION pg_catalog.pg_stat_get_backend_idset() RETURNS SETOF integer LANGUAGE sql STABLE STRICT ROWS 100
BEGIN ATOMIC
  SELECT row_number() OVER (ORDER BY s.process_id)::integer FROM pg_toast.riffq_sessions() s;
END;

DO $$
DECLARE
  what text;
  field text;
  type text;
BEGIN
  FOR what, field, type IN VALUES ('pid', 'pid', 'integer'), ('dbid', 'datid', 'oid'), ('userid', 'usesysid', 'oid'),
    ('activity', 'query', 'text'), ('activity_start', 'query_start', 'timestamptz'), ('xact_start', 'xact_start', 'timestamptz'),
    ('start', 'backend_start', 'timestamptz'), ('client_addr', 'client_addr', 'inet'), ('client_port', 'client_port', 'integer'),
    ('wait_event', 'wait_event', 'text'), ('wait_event_type', 'wait_event_type', 'text')
  LOOP
    EXECUTE format('CREATE FUNCTION pg_catalog.pg_stat_get_backend_%s(integer) RETURNS %s LANGUAGE sql STABLE STRICT
      BEGIN ATOMIC
        SELECT s.%I FROM (SELECT a.*, row_number() OVER (ORDER BY a.pid) AS id FROM pg_catalog.pg_stat_get_activity(NULL) a) s
        WHERE s.id = $1;
      END', what, type, field);
  END LOOP;
END
$$;
