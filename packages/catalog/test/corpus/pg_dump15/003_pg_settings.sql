-- origin: pg_dump 15.20 -s: captured from the server log of PostgreSQL 15.20
SELECT set_config(name, 'view, foreign-table', false) FROM pg_settings WHERE name = 'restrict_nonsystem_relation_kind';
