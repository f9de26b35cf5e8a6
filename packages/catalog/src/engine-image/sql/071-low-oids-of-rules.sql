-- The rules of the views that were made again got OIDs that belong to sources.
UPDATE pg_depend SET objid = (objid::bigint - 1384)::oid WHERE classid = 'pg_rewrite'::regclass AND objid >= 16384;
UPDATE pg_rewrite SET oid = (oid::bigint - 1384)::oid WHERE oid >= 16384;
