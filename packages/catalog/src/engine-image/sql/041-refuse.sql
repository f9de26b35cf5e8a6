-- What functions here refuse: SQL itself raises nothing. Tools collect words from the sources of functions: there are few here.
CREATE FUNCTION pg_toast.riffq_refuse(text, text) RETURNS text LANGUAGE plpgsql
AS $$BEGIN RAISE '%', $1 USING ERRCODE = $2; END$$;
