-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
-- params: ["shop", "orders", "id"]
SELECT * FROM "information_schema"."columns" WHERE "table_schema" = $1 AND "table_name" = $2 AND "column_name" = $3;
