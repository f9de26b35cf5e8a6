-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
SELECT TRUE FROM information_schema.columns WHERE table_name = 'pg_class' and column_name = 'relispartition';
