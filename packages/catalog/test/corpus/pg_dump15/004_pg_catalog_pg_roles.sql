-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT oid, rolname FROM pg_catalog.pg_roles ORDER BY 1;
