-- origin: TypeORM 1.1.1 query runner: captured from the server log of PostgreSQL 18.4
SELECT "e"."enumlabel" AS "value" FROM "pg_enum" "e" INNER JOIN "pg_type" "t" ON "t"."oid" = "e"."enumtypid" INNER JOIN "pg_namespace" "n" ON "n"."oid" = "t"."typnamespace" WHERE "n"."nspname" = 'shop' AND "t"."typname" = 'mood' ORDER BY "e"."enumsortorder";
