-- Helpers live in pg_toast: every tool leaves that schema out of its lists. There are only functions, no tables: tools do
-- list what has rows in pg_class and pg_type, whatever its schema.

-- The text of an expression is kept where PostgreSQL keeps its tree. No cast makes a tree of a text; a function does
-- that gives back its argument as it is, which varchar(text) is as long as no length is asked for.
CREATE FUNCTION pg_toast.riffq_tree(text, integer DEFAULT -1, boolean DEFAULT true) RETURNS pg_node_tree
LANGUAGE internal IMMUTABLE STRICT AS 'varchar';

-- What views of a source do: PostgreSQL needs some rule to tell what can be done with a view.
CREATE VIEW pg_toast.riffq_template AS SELECT;
DO $$
BEGIN
  EXECUTE format('CREATE FUNCTION pg_toast.riffq_rule() RETURNS pg_node_tree LANGUAGE sql IMMUTABLE RETURN pg_toast.riffq_tree(%L)',
    (SELECT ev_action::text FROM pg_rewrite WHERE ev_class = 'pg_toast.riffq_template'::regclass));
END
$$;
DROP VIEW pg_toast.riffq_template;
