-- OIDs from 16384 on belong to what sources report: there are tools that look for the comment on an object by its OID alone.
-- Other functions and the rules of views name functions by OID.
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN SELECT oid, (oid::bigint - 1384)::oid AS low FROM pg_proc WHERE oid >= 16384 LOOP
    UPDATE pg_proc SET prosqlbody = pg_toast.riffq_tree(
      replace(prosqlbody::text, format(':funcid %s ', made.oid), format(':funcid %s ', made.low)))
    WHERE prosqlbody::text LIKE format('%%:funcid %s %%', made.oid);
    UPDATE pg_rewrite SET ev_action = pg_toast.riffq_tree(
      replace(ev_action::text, format(':funcid %s ', made.oid), format(':funcid %s ', made.low)))
    WHERE ev_action::text LIKE format('%%:funcid %s %%', made.oid);
    UPDATE pg_depend SET objid = made.low WHERE classid = 'pg_proc'::regclass AND objid = made.oid;
    UPDATE pg_depend SET refobjid = made.low WHERE refclassid = 'pg_proc'::regclass AND refobjid = made.oid;
    UPDATE pg_description SET objoid = made.low WHERE classoid = 'pg_proc'::regclass AND objoid = made.oid;
    UPDATE pg_proc SET oid = made.low WHERE oid = made.oid;
  END LOOP;
END
$$;
