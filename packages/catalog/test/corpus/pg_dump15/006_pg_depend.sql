-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT classid, objid, refobjid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' ORDER BY 3;
