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

/**
 * SQL that puts views with more columns where clients look for two of the system tables; each text in a transaction of its
 * own, because PostgreSQL holds on to what was made in the same.
 */
export function legacyCatalogs(): readonly string[] {
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
