-- origin: drizzle-kit 0.31.11 introspect: captured from the server log of PostgreSQL 18.4
select schemaname, sequencename, start_value, min_value, max_value, increment_by, cycle, cache_size from pg_sequences as seq WHERE schemaname = 'shop' or schemaname = 'public';
