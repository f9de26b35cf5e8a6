-- Definitions that a source gave as text.
CREATE FUNCTION pg_catalog.pg_get_expr(pg_node_tree, oid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN starts_with($1::text, 'sql:') THEN substr($1::text, 5) ELSE pg_toast.pg_get_expr($1, $2) END;

CREATE FUNCTION pg_catalog.pg_get_expr(pg_node_tree, oid, boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN starts_with($1::text, 'sql:') THEN substr($1::text, 5) ELSE pg_toast.pg_get_expr($1, $2, $3) END;

CREATE FUNCTION pg_catalog.pg_get_constraintdef(oid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(
  (SELECT 'CHECK ((' || substr(conbin::text, 5) || '))' FROM pg_catalog.pg_constraint
   WHERE oid = $1 AND starts_with(conbin::text, 'sql:')),
  pg_toast.pg_get_constraintdef($1));

CREATE FUNCTION pg_catalog.pg_get_constraintdef(oid, boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(
  (SELECT CASE WHEN $2 THEN 'CHECK (' || substr(conbin::text, 5) || ')' ELSE 'CHECK ((' || substr(conbin::text, 5) || '))' END
   FROM pg_catalog.pg_constraint WHERE oid = $1 AND starts_with(conbin::text, 'sql:')),
  pg_toast.pg_get_constraintdef($1, $2));

-- PostgreSQL reads a condition of the view's rule, which is none: `<>`. What is behind that it does not look at.
CREATE FUNCTION pg_toast.riffq_viewdef(oid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT substr(ev_qual::text, 8) FROM pg_catalog.pg_rewrite
  WHERE ev_class = $1 AND rulename = '_RETURN' AND starts_with(ev_qual::text, '<> sql:');
END;

CREATE FUNCTION pg_catalog.pg_get_viewdef(oid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN $1 >= 16384 THEN pg_toast.riffq_viewdef($1) ELSE pg_toast.pg_get_viewdef($1) END;

CREATE FUNCTION pg_catalog.pg_get_viewdef(oid, boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN $1 >= 16384 THEN pg_toast.riffq_viewdef($1) ELSE pg_toast.pg_get_viewdef($1, $2) END;

CREATE FUNCTION pg_catalog.pg_get_viewdef(oid, integer) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN $1 >= 16384 THEN pg_toast.riffq_viewdef($1) ELSE pg_toast.pg_get_viewdef($1, $2) END;

CREATE FUNCTION pg_catalog.pg_get_viewdef(text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN pg_catalog.pg_get_viewdef($1::regclass::oid);

CREATE FUNCTION pg_catalog.pg_get_viewdef(text, boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN pg_catalog.pg_get_viewdef($1::regclass::oid, $2);

CREATE FUNCTION pg_toast.riffq_ruledef(oid, pretty boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
  SELECT format(E'CREATE RULE %I AS\n    ON SELECT TO %s DO INSTEAD %s', r.rulename,
    CASE WHEN $2 THEN c.oid::regclass::text ELSE format('%I.%I', n.nspname, c.relname) END, pg_toast.riffq_viewdef(c.oid))
  FROM pg_catalog.pg_rewrite r JOIN pg_catalog.pg_class c ON c.oid = r.ev_class JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE r.oid = $1 AND starts_with(r.ev_qual::text, '<> sql:');
END;

CREATE FUNCTION pg_catalog.pg_get_ruledef(oid) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(pg_toast.riffq_ruledef($1, false), pg_toast.pg_get_ruledef($1));

CREATE FUNCTION pg_catalog.pg_get_ruledef(oid, boolean) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN coalesce(pg_toast.riffq_ruledef($1, $2), pg_toast.pg_get_ruledef($1, $2));

-- A sequence of a source has no file that PostgreSQL could read.
CREATE FUNCTION pg_catalog.pg_sequence_last_value(regclass) RETURNS bigint LANGUAGE sql STABLE STRICT
RETURN NULL::bigint;

CREATE FUNCTION pg_catalog.pg_get_sequence_data(sequence_oid regclass, OUT last_value bigint, OUT is_called boolean)
RETURNS record LANGUAGE sql STABLE STRICT
BEGIN ATOMIC
  SELECT seqstart, false FROM pg_catalog.pg_sequence WHERE seqrelid = $1;
END;

-- What a source's relations and databases take up is not here; what there is not is still refused.
CREATE FUNCTION pg_toast.riffq_is_database(oid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC SELECT EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.oid = $1); END;

CREATE FUNCTION pg_catalog.pg_database_size(oid) RETURNS bigint LANGUAGE sql VOLATILE STRICT
RETURN CASE WHEN pg_toast.riffq_is_database($1) THEN 0::bigint ELSE pg_toast.pg_database_size($1) END;

CREATE FUNCTION pg_catalog.pg_database_size(name) RETURNS bigint LANGUAGE sql VOLATILE STRICT
RETURN CASE WHEN EXISTS (SELECT FROM pg_toast.riffq_databases($1::text)) THEN 0::bigint ELSE pg_toast.pg_database_size($1) END;
