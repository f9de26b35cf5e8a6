-- The views of PostgreSQL still call what was moved: they are made again, with the functions that took its place.
DO $$
DECLARE
  moved text;
  found record;
  definition text;
BEGIN
  SELECT string_agg(p.oid::text, '|') INTO moved FROM pg_proc p
  WHERE p.pronamespace = 'pg_toast'::regnamespace AND p.oid < 16384;
  FOR found IN
    SELECT format('%I.%I', c.relnamespace::regnamespace, c.relname) AS name, c.oid, c.reloptions FROM pg_class c JOIN pg_rewrite r ON r.ev_class = c.oid
    WHERE c.relkind = 'v' AND c.oid < 16384 AND r.ev_action::text ~ (':funcid (' || moved || ') ')
    ORDER BY c.oid
  LOOP
    definition := replace(pg_toast.pg_get_viewdef(found.oid), 'pg_toast.', 'pg_catalog.');
    EXECUTE format('CREATE OR REPLACE VIEW %s %s AS %s', found.name,
      'WITH (' || array_to_string(found.reloptions, ', ') || ')', definition);
  END LOOP;
END
$$;
