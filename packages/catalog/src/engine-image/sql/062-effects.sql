-- What a statement wants changed outside of its transaction is written down, and the session does it afterwards.
-- All that is written down is copied with each, so what has grown long is put aside, into settings with numbers: a `+` says so.
-- It is no PL/pgSQL: clients count the words that functions outside of pg_catalog are written with.
CREATE FUNCTION pg_toast.riffq_effect(jsonb) RETURNS text LANGUAGE sql VOLATILE SECURITY DEFINER
BEGIN ATOMIC
  SELECT CASE WHEN length(e.written) <= 8000 THEN pg_toast.set_config('riffq.effects', e.written, true)
    WHEN e.aside >= 1000 THEN pg_toast.riffq_refuse('too many notifications in the NOTIFY queue', 'program_limit_exceeded')
    WHEN pg_toast.set_config('riffq.effects_' || e.aside, ltrim(e.written, '+'), true) IS NOT NULL
      AND pg_toast.set_config('riffq.effects_aside', (e.aside + 1)::text, true) IS NOT NULL THEN pg_toast.set_config('riffq.effects', '+', true) END
  FROM (SELECT coalesce(pg_toast.current_setting('riffq.effects', true), '') || ',' || $1::text AS written,
    coalesce(nullif(pg_toast.current_setting('riffq.effects_aside', true), '')::integer, 0) AS aside OFFSET 0) e;
END;

-- Only these go into this transaction; with others (role ...) a client could become somebody else.
CREATE FUNCTION pg_toast.riffq_shapes_answers(text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN lower($1) IN ('search_path', 'timezone', 'datestyle', 'intervalstyle', 'bytea_output', 'extra_float_digits',
  'application_name');

-- One value more in a custom setting that is an object of such.
CREATE FUNCTION pg_toast.riffq_remember(custom text, key text, value text) RETURNS text LANGUAGE sql VOLATILE
RETURN pg_toast.set_config($1, (coalesce(nullif(pg_toast.current_setting($1, true), ''), '{}')::jsonb
  || jsonb_build_object($2, $3))::text, true);

CREATE FUNCTION pg_toast.riffq_setting_name(text) RETURNS text LANGUAGE sql VOLATILE
RETURN coalesce($1, pg_toast.riffq_refuse('SET requires parameter name', 'null_value_not_allowed'));

-- Without a value a setting goes back to what the session began with.
CREATE FUNCTION pg_toast.riffq_value_or_reset(name text, value text) RETURNS text LANGUAGE sql STABLE
RETURN coalesce($2, nullif(pg_toast.current_setting('riffq.initial_settings', true), '')::jsonb ->> lower($1), '');

-- How PostgreSQL shows a value, which it has for no longer than that: `4MB` for 4096.
CREATE FUNCTION pg_toast.riffq_tried_setting(name text, value text, before text) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT pg_toast.set_config('riffq.shown', pg_toast.set_config($1, $2, true), true);
  SELECT pg_toast.set_config($1, $3, true);
  SELECT pg_toast.current_setting('riffq.shown');
END;

-- With 32 bits sizes of memory end at 2 GB, as they do not for clients.
CREATE FUNCTION pg_toast.riffq_kilobytes(text) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT
RETURN round(substring($1 FROM '^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE]\+?\d{1,2})?)\s*(?:B|kB|MB|GB|TB)?\s*$')::numeric
  * CASE substring($1 FROM '([BkMGT]+)\s*$') WHEN 'B' THEN 1 / 1024.0 WHEN 'MB' THEN 1024 WHEN 'GB' THEN 1048576
    WHEN 'TB' THEN 1073741824 ELSE 1 END);

CREATE FUNCTION pg_toast.riffq_shown_memory(kilobytes numeric) RETURNS text LANGUAGE sql IMMUTABLE STRICT
RETURN CASE WHEN $1 <= 0 THEN $1::text WHEN $1 % 1073741824 = 0 THEN div($1, 1073741824) || 'TB' WHEN $1 % 1048576 = 0 THEN div($1, 1048576) || 'GB'
  WHEN $1 % 1024 = 0 THEN div($1, 1024) || 'MB' ELSE $1 || 'kB' END;

-- How PostgreSQL shows what it knows by names, of which there are several for one thing.
CREATE FUNCTION pg_toast.riffq_shown_name(name text, value text) RETURNS text LANGUAGE sql STABLE
RETURN CASE lower($1)
  WHEN 'client_encoding' THEN nullif(pg_encoding_to_char(pg_char_to_encoding($2::name)), '')::text
  WHEN 'default_text_search_config' THEN (SELECT 'pg_catalog.' || cfgname FROM pg_catalog.pg_ts_config
    WHERE cfgnamespace = 'pg_catalog'::regnamespace AND cfgname = regexp_replace(lower($2), '^pg_catalog\.', ''))
  WHEN 'seed' THEN 'unavailable' END;

-- Those that may be tried are the client's own, do nothing by themselves, and are shown otherwise than they are written.
CREATE FUNCTION pg_toast.riffq_shown_setting(name text, value text) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT coalesce(pg_toast.riffq_shown_name($1, $2), (
    SELECT CASE WHEN s.max_val = '2097151' AND pg_toast.riffq_kilobytes($2) IS NOT NULL
      THEN pg_toast.riffq_shown_memory(pg_toast.riffq_kilobytes($2))
      ELSE pg_toast.riffq_tried_setting($1, $2, pg_toast.current_setting($1)) END
    FROM pg_toast.pg_show_all_settings() s
    WHERE lower(s.name) = lower($1) AND s.context = 'user' AND s.vartype <> 'string' AND s.name <> 'seed'
      AND NOT starts_with(s.name, 'transaction_')
      AND NOT EXISTS (SELECT FROM pg_toast.riffq_rows_of_source('source_settings') r WHERE lower(r.name) = lower($1))), $2);
END;

CREATE FUNCTION pg_catalog.set_config(text, text, boolean) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT pg_toast.set_config('riffq.set', CASE WHEN pg_toast.riffq_shapes_answers(pg_toast.riffq_setting_name($1))
    THEN pg_toast.set_config($1, pg_toast.riffq_value_or_reset($1, $2), true)
    ELSE pg_toast.riffq_shown_setting($1, pg_toast.riffq_value_or_reset($1, $2)) END, true);
  -- What is too long for a name has been cut, and the client is told once.
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'setting', 'name', $1, 'value',
    CASE WHEN $2 IS NOT NULL AND lower($1) = 'application_name' THEN pg_toast.current_setting('riffq.set') ELSE $2 END,
    'local', coalesce($3, false)));
  -- What comes behind it in the statement reads what it has set.
  SELECT pg_toast.riffq_remember('riffq.settings', lower($1), pg_toast.current_setting('riffq.set')),
    CASE WHEN $2 IS NOT NULL THEN pg_toast.riffq_remember('riffq.setting_sources', lower($1), 'session') END
  WHERE lower($1) NOT IN ('role', 'session_authorization');
  SELECT pg_toast.current_setting('riffq.set');
END;

CREATE FUNCTION pg_catalog.pg_cancel_backend(integer) RETURNS boolean LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'cancel', 'processId', $1));
  SELECT EXISTS (SELECT FROM pg_toast.riffq_sessions() WHERE process_id = $1);
END;

CREATE FUNCTION pg_catalog.pg_terminate_backend(pid integer, timeout bigint DEFAULT 0) RETURNS boolean LANGUAGE sql VOLATILE STRICT
BEGIN ATOMIC
  SELECT pg_toast.riffq_refuse('"timeout" must not be negative', 'numeric_value_out_of_range') WHERE $2 < 0;
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'terminate', 'processId', $1));
  SELECT EXISTS (SELECT FROM pg_toast.riffq_sessions() WHERE process_id = $1);
END;
