-- What a statement wants changed outside of its transaction is written down, and the session does it afterwards.
CREATE FUNCTION pg_toast.riffq_effect(jsonb) RETURNS text LANGUAGE sql VOLATILE
RETURN pg_toast.set_config('riffq.effects',
  (coalesce(nullif(pg_toast.current_setting('riffq.effects', true), ''), '[]')::jsonb || jsonb_build_array($1))::text, true);

-- Only these go into this transaction; with others (role ...) a client could become somebody else.
CREATE FUNCTION pg_toast.riffq_shapes_answers(text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN lower($1) IN ('search_path', 'timezone', 'datestyle', 'intervalstyle', 'bytea_output', 'extra_float_digits',
  'application_name');

-- What comes behind it in the statement reads what it has set.
CREATE FUNCTION pg_toast.riffq_remember_setting(text, text) RETURNS text LANGUAGE sql VOLATILE
RETURN pg_toast.set_config('riffq.settings', (coalesce(nullif(pg_toast.current_setting('riffq.settings', true), ''),
  '{}')::jsonb || jsonb_build_object(lower($1), $2))::text, true);

CREATE FUNCTION pg_toast.riffq_setting_name(text) RETURNS text LANGUAGE sql VOLATILE
RETURN coalesce($1, pg_toast.riffq_refuse('SET requires parameter name', 'null_value_not_allowed'));

-- Without a value a setting goes back to what the session began with.
CREATE FUNCTION pg_toast.riffq_value_or_reset(name text, value text) RETURNS text LANGUAGE sql STABLE
RETURN coalesce($2, nullif(pg_toast.current_setting('riffq.initial_settings', true), '')::jsonb ->> lower($1), '');

CREATE FUNCTION pg_catalog.set_config(text, text, boolean) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'setting', 'name', pg_toast.riffq_setting_name($1), 'value', $2,
    'local', coalesce($3, false)));
  SELECT pg_toast.set_config($1, pg_toast.riffq_value_or_reset($1, $2), true) WHERE pg_toast.riffq_shapes_answers($1);
  SELECT pg_toast.riffq_remember_setting($1, CASE WHEN pg_toast.riffq_shapes_answers($1) THEN pg_toast.current_setting($1)
    ELSE pg_toast.riffq_value_or_reset($1, $2) END)
  WHERE lower($1) NOT IN ('role', 'session_authorization');
  SELECT CASE WHEN pg_toast.riffq_shapes_answers($1) THEN pg_toast.current_setting($1)
    ELSE pg_toast.riffq_value_or_reset($1, $2) END;
END;

CREATE FUNCTION pg_catalog.pg_cancel_backend(integer) RETURNS boolean LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'cancel', 'processId', $1));
  SELECT EXISTS (SELECT FROM pg_toast.riffq_sessions() WHERE process_id = $1);
END;

CREATE FUNCTION pg_catalog.pg_terminate_backend(pid integer, timeout bigint DEFAULT 0) RETURNS boolean LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'terminate', 'processId', $1));
  SELECT EXISTS (SELECT FROM pg_toast.riffq_sessions() WHERE process_id = $1);
END;
