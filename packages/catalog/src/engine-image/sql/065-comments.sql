-- What replaces a function has its comment.
UPDATE pg_description d SET objoid = replacement.oid
FROM pg_proc replaced JOIN pg_proc replacement USING (proname, proargtypes)
WHERE d.classoid = 'pg_proc'::regclass AND d.objoid = replaced.oid
  AND replaced.pronamespace = 'pg_toast'::regnamespace AND replacement.pronamespace = 'pg_catalog'::regnamespace;
