/** Columns that clients older than PostgreSQL 17 ask for, by the system table that they ask. */
const renamed = { database: 'd.datlocale AS daticulocale', collation: 'd.colllocale AS colliculocale' } as const;

/** OIDs from 16384 on belong to what sources report: those of what is made here become so much less. */
const distance = 1384;
const ownOids = {
  pg_class: ['oid', 'reltype'],
  pg_attribute: ['attrelid'],
  pg_type: ['oid', 'typrelid', 'typelem', 'typarray'],
  pg_rewrite: ['oid', 'ev_class'],
} as const;

/** SQL that gives clients what there was before PostgreSQL 17 and 18. */
export function legacyCatalogs(majorVersion: number): readonly string[] {
  return [...(majorVersion < 17 ? columnsOfBefore17() : []), ...(majorVersion < 18 ? [checksOfNotNull()] : [])];
}

/**
 * Puts views with more columns where clients look for two of the system tables; each text in a transaction of its own, because
 * PostgreSQL holds on to what was made in the same.
 */
function columnsOfBefore17(): readonly string[] {
  const kinds = Object.entries(renamed);
  const views = kinds.map(([kind, column]) => replaceTable(kind, column));
  return [views.join(';'), lowerOids(), kinds.map(([kind]) => grantToAll(kind)).join(';')];
}

/** A view has no tableoid of its own. What PostgreSQL itself knows the table by is its OID. */
function replaceTable(kind: string, column: string): string {
  const table = `'pg_catalog.pg_${kind}'::regclass`;
  const rowType = `(SELECT reltype FROM pg_catalog.pg_class WHERE oid = ${table})`;
  return `
    UPDATE pg_catalog.pg_type SET typname = replace(typname, 'pg_', 'riffq_'), typnamespace = 'pg_toast'::regnamespace
    WHERE ${rowType} IN (oid, typelem);
    UPDATE pg_catalog.pg_class SET relname = 'riffq_${kind}', relnamespace = 'pg_toast'::regnamespace, relacl = NULL
    WHERE oid = ${table};
    CREATE VIEW pg_catalog.pg_${kind} AS SELECT d.tableoid, d.*, ${column} FROM pg_toast.riffq_${kind} d`;
}

/** Before PostgreSQL 18 NOT NULL was no constraint, and the standard views made a check of each such column up. */
function checksOfNotNull(): string {
  const database = as('sql_identifier', 'current_database()');
  const schema = as('sql_identifier', 's.nspname');
  const name = as('sql_identifier', `(s.oid || '_' || r.oid || '_' || a.attnum || '_not_null')`);
  const columns = `
    FROM pg_catalog.pg_namespace s JOIN pg_catalog.pg_class r ON s.oid = r.relnamespace
    JOIN pg_catalog.pg_attribute a ON r.oid = a.attrelid
    WHERE a.attnotnull AND a.attnum > 0 AND NOT a.attisdropped AND r.relkind IN ('r', 'p')`;
  const words = [`'NO'`, `'NO'`, `'YES'`, 'NULL'].map((word) => as('yes_or_no', word));
  return `
    CREATE OR REPLACE VIEW information_schema.check_constraints AS
    SELECT ${database} AS constraint_catalog, ${schema} AS constraint_schema,
      ${as('sql_identifier', 'k.conname')} AS constraint_name,
      ${as('character_data', 'substring(pg_catalog.pg_get_constraintdef(k.oid) FROM 7)')} AS check_clause
    FROM pg_catalog.pg_constraint k LEFT JOIN pg_catalog.pg_namespace s ON s.oid = k.connamespace
    LEFT JOIN pg_catalog.pg_class r ON r.oid = k.conrelid LEFT JOIN pg_catalog.pg_type t ON t.oid = k.contypid
    WHERE k.contype = 'c' AND pg_catalog.pg_has_role(coalesce(r.relowner, t.typowner), 'USAGE')
    UNION
    SELECT ${database}, ${schema}, ${name}, ${as('character_data', `(a.attname || ' IS NOT NULL')`)}
    ${columns} AND pg_catalog.pg_has_role(r.relowner, 'USAGE');
    DO $do$ BEGIN EXECUTE format($$CREATE OR REPLACE VIEW information_schema.table_constraints AS %s UNION ALL %s$$,
      rtrim(pg_toast.pg_get_viewdef('information_schema.table_constraints'::regclass), ';'), $rows$
      SELECT ${database}, ${schema}, ${name}, ${database}, ${schema}, ${as('sql_identifier', 'r.relname')},
        ${as('character_data', `'CHECK'`)}, ${words.join(', ')}
      ${columns} AND NOT pg_catalog.pg_is_other_temp_schema(s.oid) AND (pg_catalog.pg_has_role(r.relowner, 'USAGE')
        OR pg_catalog.has_table_privilege(r.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
        OR pg_catalog.has_any_column_privilege(r.oid, 'INSERT, UPDATE, REFERENCES'))$rows$); END $do$`;
}

const as = (type: string, value: string): string => `${value}::information_schema.${type}`;

function lowerOids(): string {
  const changes: string[] = Object.entries(ownOids).flatMap(([catalog, columns]) =>
    columns.map((column) => lowered(catalog, column)),
  );
  const ours = Object.keys(ownOids)
    .map((catalog) => `'${catalog}'::regclass`)
    .join(', ');
  for (const reference of ['', 'ref'])
    changes.push(`${lowered('pg_depend', `${reference}objid`)} AND ${reference}classid IN (${ours})`);
  return changes.join(';\n');
}

function lowered(catalog: string, column: string): string {
  return `UPDATE pg_catalog.${catalog} SET ${column} = (${column}::bigint - ${distance})::oid WHERE ${column} >= 16384`;
}

/** pg_dump writes down what was granted since initdb. */
function grantToAll(kind: string): string {
  return `
    GRANT SELECT ON pg_catalog.pg_${kind} TO PUBLIC;
    INSERT INTO pg_catalog.pg_init_privs (objoid, classoid, objsubid, privtype, initprivs)
    SELECT oid, 'pg_catalog.pg_class'::regclass, 0, 'i', relacl FROM pg_catalog.pg_class
    WHERE oid = 'pg_catalog.pg_${kind}'::regclass`;
}
