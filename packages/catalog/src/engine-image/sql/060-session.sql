-- What differs from client to client comes in custom settings that each statement's transaction sets.
CREATE FUNCTION pg_catalog.version() RETURNS text LANGUAGE sql STABLE STRICT
RETURN pg_toast.current_setting('riffq.version');

CREATE FUNCTION pg_catalog.pg_backend_pid() RETURNS integer LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.process_id', true), '')::integer;

CREATE FUNCTION pg_catalog.inet_client_addr() RETURNS inet LANGUAGE sql STABLE
RETURN nullif(pg_toast.current_setting('riffq.client_address', true), '')::inet;

CREATE FUNCTION pg_catalog.inet_client_port() RETURNS integer LANGUAGE sql STABLE
RETURN nullif(pg_toast.current_setting('riffq.client_port', true), '')::integer;

CREATE FUNCTION pg_catalog.inet_server_addr() RETURNS inet LANGUAGE sql STABLE
RETURN nullif(pg_toast.current_setting('riffq.server_address', true), '')::inet;

CREATE FUNCTION pg_catalog.inet_server_port() RETURNS integer LANGUAGE sql STABLE
RETURN nullif(pg_toast.current_setting('riffq.server_port', true), '')::integer;

CREATE FUNCTION pg_catalog.pg_postmaster_start_time() RETURNS timestamptz LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.started', true), '')::timestamptz;

CREATE FUNCTION pg_catalog.pg_conf_load_time() RETURNS timestamptz LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.started', true), '')::timestamptz;

CREATE FUNCTION pg_catalog.txid_current() RETURNS bigint LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.transaction_id', true), '')::bigint;

CREATE FUNCTION pg_catalog.pg_current_xact_id() RETURNS xid8 LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.transaction_id', true), '')::xid8;

-- The session tells a number that the transaction has, and gives it one when somebody asks for that.
CREATE FUNCTION pg_catalog.txid_current_if_assigned() RETURNS bigint LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.transaction_id', true), '')::bigint;

CREATE FUNCTION pg_catalog.pg_current_xact_id_if_assigned() RETURNS xid8 LANGUAGE sql STABLE STRICT
RETURN nullif(pg_toast.current_setting('riffq.transaction_id', true), '')::xid8;

-- The transaction of the client has another number than the one that its statement runs in.
CREATE FUNCTION pg_catalog.txid_status(bigint) RETURNS text LANGUAGE sql STABLE STRICT
RETURN CASE WHEN $1::text = pg_toast.current_setting('riffq.transaction_id', true) THEN 'in progress'
  ELSE pg_toast.txid_status($1) END;

CREATE FUNCTION pg_catalog.pg_xact_status(xid8) RETURNS text LANGUAGE sql STABLE STRICT
RETURN CASE WHEN $1::text = pg_toast.current_setting('riffq.transaction_id', true) THEN 'in progress'
  ELSE pg_toast.pg_xact_status($1) END;
