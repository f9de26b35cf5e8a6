import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { handlerStatements } from './handler-statements.js';
import { readCorpus } from './read-corpus.js';
import { openShop, type Shop } from './shop.js';

const replaced = 'functions that are replaced have other OIDs, and no comments';
const ownHelpers = 'helpers of ours are in pg_toast';
const noSizes = 'nothing is stored here, so sizes are 0';
const noSystemColumns = 'no rows are written for system columns (ctid, xmin ...)';
const noRowArrays = 'there are no arrays of row types';
const smallSettings = 'settings are those of a small PostgreSQL';
const otherLocale = 'the database has another locale';

/** What cannot be the same, and why. */
const different: Readonly<Record<string, string>> = {
  'adbc/002_pg_catalog_pg_attribute.sql': noSystemColumns,
  'adbc/003_pg_catalog_pg_type.sql': noRowArrays,
  'django/006_pg_attribute.sql': noSystemColumns,
  'pg_dump15/008_pg_catalog_pg_foreign_table.sql': 'tables have other transaction numbers',
  'pg_dump15/009_pg_proc.sql': ownHelpers,
  'pg_dump15/010_pg_class.sql': noRowArrays,
  'pg_dump15/038_pg_rewrite.sql': 'rules have other OIDs',
  'pg_dump15/044_pg_depend.sql': ownHelpers,
  'pg_dump15/047_pg_catalog_pg_description.sql': replaced,
  'pgcli/009_pg_catalog_pg_database.sql': otherLocale,
  'pgcli/013_pg_catalog_pg_proc.sql': 'it looks through the text of all functions',
  'pgcli/036_pg_catalog_pg_database.sql': otherLocale,
  'pgjdbc/015_pg_catalog_pg_type.sql': noRowArrays,
  'pgjdbc/016_pg_catalog_pg_type.sql': noRowArrays,
  'pgjdbc/018_0.sql': replaced,
  'pgjdbc/019_pg_catalog_pg_proc.sql': replaced,
  'postgresjs/001_pg_catalog_pg_type.sql': noRowArrays,
  'psql15/004_pg_catalog_pg_class.sql': noSizes,
  'psql15/006_pg_catalog_pg_class.sql': noSizes,
  'psql15/013_pg_catalog_pg_class.sql': noSizes,
  'psql15/040_pg_catalog_pg_tablespace.sql': noSizes,
  'psql15/066_pg_catalog_pg_settings.sql': smallSettings,
  'psql15/067_pg_catalog_pg_settings.sql': smallSettings,
  'sequelize/001_pg_range.sql': noRowArrays,
  'sequelize/006_pg_class.sql': noSystemColumns,
  'typeorm/018_information_schema.sql': 'what can be written to a view only the source could tell',
};

const ownDatabases = 'the oracle has databases of other tests';
const icu = 'the oracle has the collations of ICU';

/** Where only rows about what the source reports can be the same, and why. */
const partly: Readonly<Record<string, string>> = {
  'adbc/004_pg_catalog_pg_database.sql': ownDatabases,
  'pg_dump15/024_pg_collation.sql': icu,
  'pg_dump15/046_pg_init_privs.sql': 'other functions are revoked',
  'pgcli/004_pg_catalog_pg_class.sql': ownHelpers,
  'pgcli/005_pg_catalog_pg_class.sql': ownHelpers,
  'pgcli/006_pg_catalog_pg_attribute.sql': ownHelpers,
  'pgcli/007_pg_catalog_pg_attribute.sql': ownHelpers,
  'pgcli/008_pg_catalog_pg_database.sql': ownDatabases,
  'pgcli/011_pg_catalog_pg_proc.sql': ownHelpers,
  'pgjdbc/001_pg_catalog_pg_database.sql': ownDatabases,
  'pgjdbc/003_pg_catalog_pg_namespace.sql': 'it lists TOAST tables',
  'psql15/007_pg_catalog_pg_class.sql': 'it lists TOAST tables',
  'typeorm/017_information_schema.sql': 'anybody may read pg_config',
};

/** Roles are of a whole server, and other tests have theirs there. */
const listsRoles = (sql: string): boolean => /FROM (?:pg_catalog\.)?pg_roles/.test(sql);

/** Statements of the corpus that read, with OIDs and parameters that fit the shop. */
const corpus = readCorpus().flatMap(({ path, sql }) => {
  const parameters: readonly (string | null)[] = JSON.parse(/^-- params: (.*)$/m.exec(sql)?.[1] ?? '[]');
  const text = sql
    .replace(/^-- (origin|params):.*\n/gm, '')
    .trim()
    .replace(/;$/, '')
    .replace(/'1[67]\d{3}'/g, "'shop.orders'::regclass")
    .replace(/\b1[67]\d{3}\b/g, "'shop.v_orders'::regclass");
  return /^[\s(]*(select|with|values|show|table)\b/i.test(text) && !handlerStatements.has(path)
    ? [{ path, text, parameters }]
    : [];
});

let shop: Shop;
let catalog: Catalog;
/** The owner has an OID of its own here. */
let owner: string;

beforeAll(async () => {
  shop = await openShop(inject('oracle'));
  const { rows } = await shop.client.query<{ oid: string }>(`SELECT 'riffq'::regrole::oid::text AS oid`);
  owner = rows[0]!.oid;
  catalog = createCatalog({ content: async () => shop.content });
});

afterAll(async () => {
  await catalog?.close();
  await shop?.[Symbol.asyncDispose]();
});

test('tools get the same columns and rows as from PostgreSQL', { timeout: 120_000 }, async () => {
  const asked = corpus.filter(({ path, text }) => different[path] === undefined && !listsRoles(text));
  const wrong: string[] = [];
  let compared = 0;
  for (const { path, text, parameters } of asked) {
    const only = partly[path] === undefined ? (given: string) => given : aboutSource;
    const answered = await theirAnswer(text, parameters);
    if (answered === undefined) continue;
    compared++;
    const theirs = only(answered);
    const ours = only(await ourAnswer(text, parameters).catch(String));
    if (ours !== theirs) wrong.push(`${path}: ${firstDifference(theirs, ours)}`);
  }
  console.log(
    `corpus: ${compared} compared (${Object.keys(partly).length} of them partly), ${compared - wrong.length} equal, ` +
      `${corpus.length - asked.length} excluded`,
  );
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(350);
});

/** Views of information_schema, and the column that says which schema a row is about. */
const standardViews: Readonly<Record<string, string>> = {
  schemata: 'schema_name',
  tables: 'table_schema',
  columns: 'table_schema',
  views: 'table_schema',
  sequences: 'sequence_schema',
  domains: 'domain_schema',
  table_constraints: 'table_schema',
  referential_constraints: 'constraint_schema',
  key_column_usage: 'table_schema',
  constraint_column_usage: 'table_schema',
  column_domain_usage: 'table_schema',
  column_udt_usage: 'table_schema',
  domain_udt_usage: 'domain_schema',
  element_types: 'object_schema',
};

// PostgreSQL 18 lists NOT NULL among the constraints, which older tools do not expect; and what can be written to a view
// nobody but the source could tell.
test('information_schema is the same as in PostgreSQL', async () => {
  const asked = Object.entries(standardViews).map(([view, schema]) => {
    const constraint = view.includes('constraint') ? 'constraint_name' : `'none'`;
    const table = ['tables', 'columns', 'views'].includes(view) ? 'table_name' : `'none'`;
    return `SELECT * FROM information_schema.${view}
      WHERE ${schema} = 'shop' AND ${constraint} !~ 'not_null$' AND ${table} <> 'v_orders'`;
  });
  expect(await differences(asked)).toEqual([]);
});

test('functions and views about the objects are the same as in PostgreSQL', async () => {
  const asked = [
    `SELECT relname, relkind, reltuples, relnatts, relhasindex, relchecks, relhasrules, relhastriggers FROM pg_class
     WHERE relnamespace = 'shop'::regnamespace`,
    `SELECT conname, contype, pg_get_constraintdef(oid), pg_get_constraintdef(oid, true), conindid::regclass, confrelid::regclass
     FROM pg_constraint WHERE connamespace = 'shop'::regnamespace AND contype <> 'n'`,
    `SELECT pg_get_indexdef(indexrelid), pg_get_indexdef(indexrelid, 1, true) FROM pg_index WHERE indrelid::regclass::text ~ '^shop'`,
    `SELECT viewname, definition FROM pg_views WHERE schemaname = 'shop'`,
    `SELECT matviewname, definition, hasindexes, ispopulated FROM pg_matviews WHERE schemaname = 'shop'`,
    `SELECT tablename, tableowner, hasindexes, hasrules, hastriggers, rowsecurity FROM pg_tables WHERE schemaname = 'shop'`,
    `SELECT * FROM pg_indexes WHERE schemaname = 'shop'`,
    `SELECT sequencename, data_type, start_value, min_value, max_value, increment_by, cycle FROM pg_sequences WHERE schemaname = 'shop'`,
    `SELECT pg_get_serial_sequence('shop.orders', 'id'), pg_get_serial_sequence('shop.lines', 'line')`,
    `SELECT enum_range(null::shop.mood), 'happy'::shop.mood, array['ok']::shop.mood[], 'x'::shop.postcode`,
    `SELECT oid::regtype, typarray::regtype, typbasetype::regtype, typlen, typbyval, typalign, typstorage, typcategory
     FROM pg_type WHERE typnamespace = 'shop'::regnamespace AND typtype IN ('e', 'd')`,
    `SELECT has_table_privilege('shop.orders', 'select'), has_schema_privilege('shop', 'usage'), has_column_privilege('shop.orders', 'id', 'select')`,
    `SELECT obj_description('shop.orders'::regclass), col_description('shop.orders'::regclass, 3), obj_description('shop.mood'::regtype, 'pg_type')`,
    `SELECT to_regclass('shop.orders')::oid, to_regclass('nope'), to_regtype('shop.mood')::oid, format_type('shop.mood'::regtype, -1)`,
    `SELECT attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, attcollation, attlen, attalign, attstorage
     FROM pg_attribute WHERE attrelid = 'shop.orders'::regclass AND attnum > 0`,
  ];
  expect(await differences(asked)).toEqual([]);
});

/** The statements that PostgreSQL 18 answers, and we answer in another way. */
async function differences(asked: readonly string[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  let compared = 0;
  for (const statement of asked) {
    const theirs = await theirAnswer(statement);
    if (theirs === undefined) continue;
    compared++;
    const ours = await ourAnswer(statement).catch(String);
    if (ours !== theirs) wrong.push(`${statement}\n${firstDifference(theirs, ours)}`);
  }
  expect(compared).toBeGreaterThan(asked.length * 0.9);
  return wrong;
}

/** Undefined: PostgreSQL 18 does not know what an older tool asks for. */
async function theirAnswer(sql: string, values: readonly (string | null)[] = []): Promise<string | undefined> {
  const query = {
    text: sql,
    values: [...values],
    rowMode: 'array' as const,
    types: { getTypeParser: () => (value: unknown) => value },
  };
  // Some statements set something, which the next one shall not see.
  await shop.client.query('BEGIN');
  try {
    const { fields, rows } = await shop.client.query<unknown[]>(query);
    return answer(
      fields.map(({ name, dataTypeID }) => ({ name, typeOid: dataTypeID })),
      rows,
    ).replaceAll(`"${owner}"`, '"16383"');
  } catch {
    return undefined;
  } finally {
    await shop.client.query('ROLLBACK');
  }
}

async function ourAnswer(sql: string, parameters: readonly (string | null)[] = []): Promise<string> {
  const { user, database } = shop;
  // A session has settings that the small PostgreSQL behind it has not.
  const settings = new Map([['jit', 'on']]);
  const result = await catalog.query(sql, parameters, { user, database, settings });
  // Only the superuser's name is another one.
  return answer(result.fields ?? [], result.textRows()).replaceAll('pg_riffq', 'postgres');
}

/** What initdb made has OIDs in the order in which that build of PostgreSQL made it. */
const oidOfInitdb = /(?<!\d)1[23]\d{3}(?!\d)/g;
/** Who answers says so. */
const ownVersion = /PostgreSQL 18\.4[^"]*/g;
/** NOT NULL among the constraints, which PostgreSQL 18 lists and older tools do not expect. */
const notNull = /_not_null"/;

function answer(fields: readonly { name: string; typeOid: number }[], rows: readonly (readonly unknown[])[]): string {
  const columns = fields.map(({ name, typeOid }) => `${name} ${typeOid}`).join(', ');
  const lines = rows
    .map((row) => JSON.stringify(row).replace(oidOfInitdb, 'initdb').replace(ownVersion, 'version'))
    .filter((line) => !notNull.test(line));
  // Not every statement says in which order it wants them.
  return [columns, ...lines.sort()].join('\n');
}

/** The columns, and the rows that name a schema of the source or have an OID of its. */
function aboutSource(answered: string): string {
  const [columns, ...lines] = answered.split('\n');
  const isSources = (line: string) =>
    /shop|"public"|"(?:1638[4-9]|1639\d|16[4-9]\d\d|1[7-9]\d{3}|[2-9]\d{4,})"/.test(line);
  return [columns, ...lines.filter(isSources)].join('\n');
}

function firstDifference(theirs: string, ours: string): string {
  const [expected, found] = [theirs.split('\n'), ours.split('\n')];
  return `expected ${expected.find((line) => !found.includes(line))}\nfound    ${found.find((line) => !expected.includes(line))}`;
}
