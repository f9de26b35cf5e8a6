-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
SELECT * FROM current_schema();
