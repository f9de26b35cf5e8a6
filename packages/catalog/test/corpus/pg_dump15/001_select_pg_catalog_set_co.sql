-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT pg_catalog.set_config('search_path', '', false);
