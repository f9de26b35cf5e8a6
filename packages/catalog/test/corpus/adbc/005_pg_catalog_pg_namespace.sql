-- origin: adbc_driver_postgresql 1.13.0: captured from the server log of PostgreSQL 18.4
SELECT nspname FROM pg_catalog.pg_namespace WHERE (nspname !~ '^pg_' OR oid = pg_my_temp_schema()) AND nspname <> 'information_schema';
