-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
-- params: ["shop", "typeorm_metadata"]
SELECT * FROM "information_schema"."tables" WHERE "table_schema" = $1 AND "table_name" = $2;
