-- PostgreSQL's planner puts the body of a SQL function in the place of its call, but not when the function is strict and
-- its body a CASE. These are called for every column of information_schema.columns, with whole rows.
DO $$
DECLARE
  found regprocedure;
BEGIN
  FOR found IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'information_schema'::regnamespace AND p.proisstrict
      AND p.proname IN ('_pg_truetypid', '_pg_truetypmod', '_pg_char_max_length', '_pg_char_octet_length',
        '_pg_numeric_precision', '_pg_numeric_precision_radix', '_pg_numeric_scale', '_pg_datetime_precision',
        '_pg_interval_type')
  LOOP
    EXECUTE format('ALTER FUNCTION %s CALLED ON NULL INPUT', found);
  END LOOP;
END
$$;
