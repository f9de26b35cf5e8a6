-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT tableoid, oid, opfmethod, opfname, opfnamespace, opfowner FROM pg_opfamily;
