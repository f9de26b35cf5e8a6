-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT inhrelid, inhparent FROM pg_inherits;
