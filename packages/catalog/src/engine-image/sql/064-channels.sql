-- The channels that the session listens to, as JSON, when a statement may ask for them.
CREATE FUNCTION pg_catalog.pg_listening_channels() RETURNS SETOF text LANGUAGE sql STABLE STRICT ROWS 10
BEGIN ATOMIC
  SELECT json_array_elements_text(coalesce(nullif(pg_toast.current_setting('riffq.listening_channels', true), ''), '[]')::json);
END;

-- The session sends it when its transaction commits.
CREATE FUNCTION pg_toast.riffq_notify(text, text) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT CASE WHEN coalesce($1, '') = '' THEN pg_toast.riffq_refuse('channel name cannot be empty', 'invalid_parameter_value')
    WHEN octet_length($1) > 63 THEN pg_toast.riffq_refuse('channel name too long', 'invalid_parameter_value')
    WHEN octet_length($2) > 7999 THEN pg_toast.riffq_refuse('payload string too long', 'invalid_parameter_value') END;
  SELECT pg_toast.riffq_effect(jsonb_build_object('kind', 'notify', 'channel', $1, 'payload', coalesce($2, '')));
END;

-- What returns void in SQL returns NULL; PostgreSQL's own function does not.
CREATE FUNCTION pg_catalog.pg_notify(text, text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
AS $$BEGIN PERFORM pg_toast.riffq_notify($1, $2); END$$;
