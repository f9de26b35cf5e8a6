-- The comments of what was replaced belong to what took its place.
UPDATE pg_description d SET objoid = successor.oid
FROM pg_proc moved JOIN pg_proc successor USING (proname, proargtypes)
WHERE d.classoid = 'pg_proc'::regclass AND d.objoid = moved.oid
  AND moved.pronamespace = 'pg_toast'::regnamespace AND moved.oid < 16384
  AND successor.pronamespace = 'pg_catalog'::regnamespace;
