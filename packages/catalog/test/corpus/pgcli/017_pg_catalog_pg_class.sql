-- origin: pgcli 4.7.1 and pgspecial: captured from the server log of PostgreSQL 18.4
-- params: ["^(shop)$", "^(orders)$"]
SELECT c.oid, n.nspname, c.relname
             FROM pg_catalog.pg_class c
             LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname ~ $1 AND c.relname OPERATOR(pg_catalog.~) $2
             ORDER BY 2,3;
