-- What was revoked and granted here is how this PostgreSQL came: pg_dump writes down only what was changed since.
DELETE FROM pg_init_privs;
INSERT INTO pg_init_privs (objoid, classoid, objsubid, privtype, initprivs)
SELECT oid, 'pg_proc'::regclass, 0, 'i', proacl FROM pg_proc WHERE proacl IS NOT NULL
UNION ALL
SELECT oid, 'pg_class'::regclass, 0, 'i', relacl FROM pg_class WHERE relacl IS NOT NULL
UNION ALL
SELECT oid, 'pg_namespace'::regclass, 0, 'i', nspacl FROM pg_namespace WHERE nspacl IS NOT NULL AND nspname <> 'public'
UNION ALL
SELECT oid, 'pg_language'::regclass, 0, 'i', lanacl FROM pg_language WHERE lanacl IS NOT NULL
UNION ALL
SELECT attrelid, 'pg_class'::regclass, attnum, 'i', attacl FROM pg_attribute WHERE attacl IS NOT NULL;
