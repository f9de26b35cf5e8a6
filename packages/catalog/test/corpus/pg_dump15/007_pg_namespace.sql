-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT n.tableoid, n.oid, n.nspname, n.nspowner, n.nspacl, acldefault('n', n.nspowner) AS acldefault FROM pg_namespace n;
