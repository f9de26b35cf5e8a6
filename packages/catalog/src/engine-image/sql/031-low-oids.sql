-- OIDs from 16384 on belong to what sources report.
DO $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT * FROM (VALUES ('pg_class', 'oid'), ('pg_class', 'reltype'), ('pg_class', 'reltoastrelid'),
      ('pg_attribute', 'attrelid'), ('pg_index', 'indexrelid'), ('pg_index', 'indrelid'), ('pg_constraint', 'oid'),
      ('pg_constraint', 'conrelid'), ('pg_constraint', 'conindid'), ('pg_type', 'oid'), ('pg_type', 'typrelid'),
      ('pg_type', 'typelem'), ('pg_type', 'typarray'), ('pg_rewrite', 'oid'), ('pg_rewrite', 'ev_class'),
      ('pg_depend', 'objid'), ('pg_depend', 'refobjid')) AS places (catalog, attribute)
  LOOP
    EXECUTE format('UPDATE %1$I SET %2$I = (%2$I::bigint - 1384)::oid WHERE %2$I >= 16384', found.catalog, found.attribute);
  END LOOP;
END
$$;
