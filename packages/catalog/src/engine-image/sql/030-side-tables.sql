-- Helpers live in pg_toast: every tool leaves that schema out of its lists.
CREATE TABLE pg_toast.riffq_view (relation oid PRIMARY KEY, definition text);
CREATE TABLE pg_toast.riffq_setting (name text PRIMARY KEY, setting text);
CREATE TABLE pg_toast.riffq_config (name text PRIMARY KEY, setting text);
GRANT SELECT ON pg_toast.riffq_view, pg_toast.riffq_setting, pg_toast.riffq_config TO PUBLIC;

-- Views of a source get the rule of this one: PostgreSQL needs some rule to tell what can be done with a view.
CREATE VIEW pg_toast.riffq_template AS SELECT;

-- The text of an expression is kept where PostgreSQL keeps its tree. No cast makes a tree of a text; a function does
-- that gives back its argument as it is, which varchar(text) is as long as no length is asked for.
CREATE FUNCTION pg_toast.riffq_tree(text, integer DEFAULT -1, boolean DEFAULT true) RETURNS pg_node_tree
LANGUAGE internal IMMUTABLE STRICT AS 'varchar';
