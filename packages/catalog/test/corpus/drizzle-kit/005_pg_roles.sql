-- origin: drizzle-kit 0.31.11 introspect: captured from the server log of PostgreSQL 18.4
SELECT rolname, rolinherit, rolcreatedb, rolcreaterole FROM pg_roles;
