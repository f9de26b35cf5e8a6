-- No client may take the superuser's name, and names that begin with pg_ are refused to all of them.
UPDATE pg_authid SET rolname = 'pg_riffq' WHERE oid = 10;

-- The owner of what a source reports, unless it says otherwise. Every client's role is a member of it: only then does
-- information_schema show a role what it has not been granted.
INSERT INTO pg_authid (oid, rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication,
  rolbypassrls, rolconnlimit)
VALUES (16383, 'riffq', false, true, false, false, false, false, false, -1);

-- What settings tell of a server's files is told to nobody: they are empty.
GRANT pg_read_all_settings TO riffq;

-- What is in it a source says, and wants it seen.
GRANT SELECT ON pg_config TO PUBLIC;
GRANT EXECUTE ON FUNCTION pg_catalog.pg_config() TO PUBLIC;
