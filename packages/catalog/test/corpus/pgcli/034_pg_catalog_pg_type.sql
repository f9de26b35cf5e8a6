-- origin: pgcli 4.7.1 and pgspecial: captured from the server log of PostgreSQL 18.4
-- params: ["^(shop)$", "^(.*)$"]
SELECT n.nspname as schema,
                    pg_catalog.format_type(t.oid, NULL) AS name,   pg_catalog.obj_description(t.oid, 'pg_type')
                        as description   FROM    pg_catalog.pg_type t
                            LEFT JOIN pg_catalog.pg_namespace n
                              ON n.oid = t.typnamespace
                    WHERE   (t.typrelid = 0 OR
                              ( SELECT c.relkind = 'c'
                                FROM pg_catalog.pg_class c
                                WHERE c.oid = t.typrelid))
                            AND NOT EXISTS(
                                SELECT 1
                                FROM pg_catalog.pg_type el
                                WHERE el.oid = t.typelem
                                      AND el.typarray = t.oid)  AND n.nspname ~ $1  AND (t.typname ~ $2
                        OR pg_catalog.format_type(t.oid, NULL) ~ $2)  ORDER BY 1, 2;
