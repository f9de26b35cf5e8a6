-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT format_type(seqtypid, NULL), seqstart, seqincrement, seqmax, seqmin, seqcache, seqcycle FROM pg_catalog.pg_sequence WHERE seqrelid = '16447'::oid;
