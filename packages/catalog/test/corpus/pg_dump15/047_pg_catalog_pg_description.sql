-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT description, classoid, objoid, objsubid FROM pg_catalog.pg_description ORDER BY classoid, objoid, objsubid;
