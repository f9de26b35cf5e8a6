-- origin: drizzle-kit 0.31.11 introspect: captured from the server log of PostgreSQL 18.4
select n.nspname as enum_schema,
  t.typname as enum_name,
  e.enumlabel as enum_value,
  e.enumsortorder as sort_order
  from pg_type t
  join pg_enum e on t.oid = e.enumtypid
  join pg_catalog.pg_namespace n ON n.oid = t.typnamespace
   WHERE n.nspname = 'shop' or n.nspname = 'public'
  order by enum_schema, enum_name, sort_order;
