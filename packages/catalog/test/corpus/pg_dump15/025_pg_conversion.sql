-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT tableoid, oid, conname, connamespace, conowner FROM pg_conversion;
