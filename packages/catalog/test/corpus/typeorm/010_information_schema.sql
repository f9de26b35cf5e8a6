-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
SELECT "udt_schema", "udt_name" FROM "information_schema"."columns" WHERE "table_schema" = 'shop' AND "table_name" = 'customers' AND "column_name"='mood';
