/** The columns that are written of each system table; those that are left out are NULL. */
export const systemTables = {
  'pg_catalog.pg_authid':
    'oid rolname rolsuper rolinherit rolcreaterole rolcreatedb rolcanlogin rolreplication rolbypassrls rolconnlimit',
  'pg_catalog.pg_auth_members': 'oid roleid member grantor admin_option inherit_option set_option',
  'pg_catalog.pg_namespace': 'oid nspname nspowner nspacl',
  'pg_catalog.pg_class':
    'oid relname relnamespace reltype reloftype relowner relam relfilenode reltablespace relpages reltuples relallvisible relallfrozen reltoastrelid relhasindex relisshared relpersistence relkind relnatts relchecks relhasrules relhastriggers relhassubclass relrowsecurity relforcerowsecurity relispopulated relreplident relispartition relrewrite relfrozenxid relminmxid',
  'pg_catalog.pg_attribute':
    'attrelid attname atttypid attlen attnum atttypmod attndims attbyval attalign attstorage attcompression attnotnull atthasdef atthasmissing attidentity attgenerated attisdropped attislocal attinhcount attcollation attstattarget',
  'pg_catalog.pg_type':
    'oid typname typnamespace typowner typlen typbyval typtype typcategory typispreferred typisdefined typdelim typrelid typsubscript typelem typarray typinput typoutput typreceive typsend typmodin typmodout typanalyze typalign typstorage typnotnull typbasetype typtypmod typndims typcollation',
  'pg_catalog.pg_enum': 'oid enumtypid enumsortorder enumlabel',
  'pg_catalog.pg_index':
    'indexrelid indrelid indnatts indnkeyatts indisunique indnullsnotdistinct indisprimary indisexclusion indimmediate indisclustered indisvalid indcheckxmin indisready indislive indisreplident indkey indcollation indclass indoption',
  'pg_catalog.pg_constraint':
    'oid conname connamespace contype condeferrable condeferred conenforced convalidated conrelid contypid conindid conparentid confrelid confupdtype confdeltype confmatchtype conislocal coninhcount connoinherit conperiod conkey confkey conpfeqop conppeqop conffeqop conbin',
  'pg_catalog.pg_attrdef': 'oid adrelid adnum adbin',
  'pg_catalog.pg_sequence': 'seqrelid seqtypid seqstart seqincrement seqmax seqmin seqcache seqcycle',
  'pg_catalog.pg_description': 'objoid classoid objsubid description',
  'pg_catalog.pg_depend': 'classid objid objsubid refclassid refobjid refobjsubid deptype',
} as const;

/** A table that rows are written to. */
export type SystemTable = keyof typeof systemTables;

type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;

/** What a cell may be: text in PostgreSQL's form, or what has one. */
export type Cell = string | number | bigint | boolean | null;

/** One row: a cell for each column that is written of the table. */
export type SystemRow<Table extends SystemTable> = Readonly<Record<Words<(typeof systemTables)[Table]>, Cell>>;

/** The OIDs of system tables, which comments and dependencies name them by. */
export const classOid = {
  pg_class: 1259,
  pg_type: 1247,
  pg_namespace: 2615,
  pg_constraint: 2606,
  pg_attrdef: 2604,
} as const;
