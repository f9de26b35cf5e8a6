-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
-- params: ["shop"]
SELECT * FROM pg_database WHERE datname=$1;
