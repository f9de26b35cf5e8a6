-- origin: Sequelize 6.37.8 query interface: captured from the server log of PostgreSQL 18.4
SELECT t.typname enum_name, array_agg(e.enumlabel ORDER BY enumsortorder) enum_value FROM pg_type t JOIN pg_enum e ON t.oid = e.enumtypid JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = 'shop' AND t.typname='enum_customers_mood' GROUP BY 1;
