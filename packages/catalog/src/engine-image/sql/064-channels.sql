-- The channels that the session listens to, as JSON, when a statement may ask for them.
CREATE FUNCTION pg_catalog.pg_listening_channels() RETURNS SETOF text LANGUAGE sql STABLE STRICT ROWS 10
BEGIN ATOMIC
  SELECT json_array_elements_text(coalesce(nullif(pg_toast.current_setting('riffq.listening_channels', true), ''), '[]')::json);
END;

CREATE FUNCTION pg_toast.riffq_checked_notification(channel text, payload text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF channel = '' THEN RAISE invalid_parameter_value USING MESSAGE = 'channel name cannot be empty'; END IF;
  IF octet_length(channel) > 63 THEN RAISE invalid_parameter_value USING MESSAGE = 'channel name too long'; END IF;
  IF octet_length(payload) > 7999 THEN RAISE invalid_parameter_value USING MESSAGE = 'payload string too long'; END IF;
  RETURN jsonb_build_object('kind', 'notify', 'channel', channel, 'payload', payload);
END
$$;

-- The session sends it when its transaction commits.
CREATE FUNCTION pg_catalog.pg_notify(text, text) RETURNS void LANGUAGE sql VOLATILE
BEGIN ATOMIC
  SELECT pg_toast.riffq_effect(pg_toast.riffq_checked_notification(coalesce($1, ''), coalesce($2, '')));
END;
