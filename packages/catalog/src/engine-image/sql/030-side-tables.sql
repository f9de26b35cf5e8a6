-- Helpers live in pg_toast: every tool leaves that schema out of its lists.
CREATE TABLE pg_toast.riffq_view (relation oid PRIMARY KEY, definition text);
CREATE TABLE pg_toast.riffq_setting (name text PRIMARY KEY, setting text);
CREATE TABLE pg_toast.riffq_config (name text PRIMARY KEY, setting text);

-- Views of a source get the rule of this one: PostgreSQL needs some rule to tell what can be done with a view.
CREATE VIEW pg_toast.riffq_template AS SELECT;

-- The text of an expression is kept where PostgreSQL keeps its tree. No cast makes a tree of a text; a function does
-- that gives back its argument as it is, which varchar(text) is as long as no length is asked for.
CREATE FUNCTION pg_toast.riffq_tree(text, integer DEFAULT -1, boolean DEFAULT true) RETURNS pg_node_tree
LANGUAGE internal IMMUTABLE STRICT AS 'varchar';

-- Columns that clients older than PostgreSQL 17 ask for. A view has no tableoid of its own.
CREATE VIEW pg_toast.riffq_legacy_database AS
SELECT d.tableoid, d.*, d.datlocale AS daticulocale FROM pg_catalog.pg_database d;
CREATE VIEW pg_toast.riffq_legacy_collation AS
SELECT c.tableoid, c.*, c.colllocale AS colliculocale FROM pg_catalog.pg_collation c;

-- Puts these views where the tables are.
CREATE FUNCTION pg_toast.riffq_use_legacy_catalogs() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kind text;
BEGIN
  FOREACH kind IN ARRAY ARRAY['database', 'collation'] LOOP
    UPDATE pg_catalog.pg_type SET typname = 'riffq_' || kind, typnamespace = 'pg_toast'::regnamespace
    WHERE typname = 'pg_' || kind AND typnamespace = 'pg_catalog'::regnamespace;
    UPDATE pg_catalog.pg_class SET relname = 'riffq_' || kind, relnamespace = 'pg_toast'::regnamespace, relacl = NULL
    WHERE relname = 'pg_' || kind AND relnamespace = 'pg_catalog'::regnamespace;
    UPDATE pg_catalog.pg_type SET typname = 'pg_' || kind, typnamespace = 'pg_catalog'::regnamespace
    WHERE typname = 'riffq_legacy_' || kind;
    UPDATE pg_catalog.pg_class SET relname = 'pg_' || kind, relnamespace = 'pg_catalog'::regnamespace
    WHERE relname = 'riffq_legacy_' || kind;
    EXECUTE format('GRANT SELECT ON pg_catalog.pg_%s TO PUBLIC', kind);
    -- pg_dump writes down what was granted since.
    INSERT INTO pg_catalog.pg_init_privs (objoid, classoid, objsubid, privtype, initprivs)
    SELECT oid, 'pg_catalog.pg_class'::regclass, 0, 'i', relacl FROM pg_catalog.pg_class
    WHERE relname = 'pg_' || kind AND relnamespace = 'pg_catalog'::regnamespace;
  END LOOP;
END
$$;
