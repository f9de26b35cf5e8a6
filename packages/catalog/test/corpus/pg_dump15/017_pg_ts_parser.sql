-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT tableoid, oid, prsname, prsnamespace, prsstart::oid, prstoken::oid, prsend::oid, prsheadline::oid, prslextype::oid FROM pg_ts_parser;
