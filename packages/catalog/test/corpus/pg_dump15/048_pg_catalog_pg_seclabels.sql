-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT label, provider, classoid, objoid, objsubid FROM pg_catalog.pg_seclabels ORDER BY classoid, objoid, objsubid;
