-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT tableoid, oid, dictname, dictnamespace, dictowner, dicttemplate, dictinitoption FROM pg_ts_dict;
