-- The channels that the session listens to, as JSON, when a statement may ask for them.
CREATE FUNCTION pg_catalog.pg_listening_channels() RETURNS SETOF text LANGUAGE sql STABLE STRICT ROWS 10
BEGIN ATOMIC
  SELECT json_array_elements_text(coalesce(nullif(pg_toast.current_setting('riffq.listening_channels', true), ''), '[]')::json);
END;

-- The session sends it when its transaction commits. What returns void in SQL returns NULL; PostgreSQL's own function does not.
CREATE FUNCTION pg_catalog.pg_notify(text, text) RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
AS $$
DECLARE
  done text;
BEGIN
  IF coalesce($1, '') = '' THEN
    RAISE 'channel name cannot be empty' USING ERRCODE = 'invalid_parameter_value';
  ELSIF pg_catalog.octet_length($1) > 63 THEN
    RAISE 'channel name too long' USING ERRCODE = 'invalid_parameter_value';
  ELSIF pg_catalog.octet_length($2) > 7999 THEN
    RAISE 'payload string too long' USING ERRCODE = 'invalid_parameter_value';
  END IF;
  done := pg_toast.riffq_effect(pg_catalog.jsonb_build_object('kind', 'notify', 'channel', $1, 'payload', coalesce($2, '')));
END
$$;
