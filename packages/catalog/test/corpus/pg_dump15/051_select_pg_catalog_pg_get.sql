-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT pg_catalog.pg_get_viewdef('16436'::pg_catalog.oid) AS viewdef;
