import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { readCorpus } from './read-corpus.js';
import { openShop, type Shop } from './shop.js';

/** What cannot be the same, and why. */
const different: Readonly<Record<string, string>> = {
  'asyncpg/005_shop_orders.sql': 'it reads a table of the user: that is for the handler',
  'pgjdbc/001_pg_catalog_pg_database.sql': 'the oracle has its own databases',
  'pgjdbc/003_pg_catalog_pg_namespace.sql': 'names of TOAST tables have OIDs in them',
  'pgjdbc/015_pg_catalog_pg_type.sql': 'types of information_schema have other OIDs',
  'pgjdbc/016_pg_catalog_pg_type.sql': 'types of information_schema have other OIDs',
  'pgjdbc/018_0.sql': 'functions of information_schema have other OIDs',
  'pgjdbc/019_pg_catalog_pg_proc.sql': 'functions that are replaced have other OIDs',
  'pgjdbc/030_shop_orders.sql': 'it reads a table of the user: that is for the handler',
  'postgresjs/001_pg_catalog_pg_type.sql': 'types of information_schema have other OIDs',
  'psql15/004_pg_catalog_pg_class.sql': 'nothing is stored here, so sizes are 0',
  'psql15/006_pg_catalog_pg_class.sql': 'nothing is stored here, so sizes are 0',
  'psql15/007_pg_catalog_pg_class.sql': 'it lists TOAST tables',
  'psql15/013_pg_catalog_pg_class.sql': 'nothing is stored here, so sizes are 0',
  'psql15/029_pg_catalog_pg_extension.sql': 'the extension has another OID',
  'psql15/040_pg_catalog_pg_tablespace.sql': 'sizes of tablespaces',
  'psql15/066_pg_catalog_pg_settings.sql': 'settings are those of a small PostgreSQL',
  'psql15/067_pg_catalog_pg_settings.sql': 'settings are those of a small PostgreSQL',
  'sqlalchemy/001_select_pg_catalog_versio.sql': 'the version says who answers',
};

/** Roles are of a whole server, and other tests have theirs there. */
const listsRoles = (sql: string): boolean => sql.includes('FROM pg_catalog.pg_roles r');

/** Statements of the corpus that read, with OIDs and parameters that fit the shop. */
const corpus = readCorpus().flatMap(({ path, sql }) => {
  const parameters: readonly (string | null)[] = JSON.parse(/^-- params: (.*)$/m.exec(sql)?.[1] ?? '[]');
  const text = sql
    .replace(/^-- (origin|params):.*\n/gm, '')
    .trim()
    .replace(/;$/, '')
    .replace(/'1[67]\d{3}'/g, "'shop.orders'::regclass")
    .replace(/\b1[67]\d{3}\b/g, "'shop.v_orders'::regclass");
  return /^[\s(]*(select|with|values|show|table)\b/i.test(text) ? [{ path, text, parameters }] : [];
});

let shop: Shop;
let catalog: Catalog;

beforeAll(async () => {
  shop = await openShop(inject('oracle'));
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
    const theirs = await theirAnswer(text, parameters);
    if (theirs === undefined) continue;
    compared++;
    const ours = await ourAnswer(text, parameters).catch(String);
    if (ours !== theirs) wrong.push(`${path}: ${firstDifference(theirs, ours)}`);
  }
  console.log(
    `corpus: ${compared} compared, ${compared - wrong.length} equal, ${corpus.length - asked.length} excluded`,
  );
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(190);
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
  try {
    const { fields, rows } = await shop.client.query<unknown[]>(query);
    return answer(
      fields.map(({ name, dataTypeID }) => ({ name, typeOid: dataTypeID })),
      rows,
    );
  } catch {
    return undefined;
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

function answer(fields: readonly { name: string; typeOid: number }[], rows: readonly (readonly unknown[])[]): string {
  const columns = fields.map(({ name, typeOid }) => `${name} ${typeOid}`).join(', ');
  // Not every statement says in which order it wants them.
  return [columns, ...rows.map((row) => JSON.stringify(row)).sort()].join('\n');
}

function firstDifference(theirs: string, ours: string): string {
  const [expected, found] = [theirs.split('\n'), ours.split('\n')];
  return `expected ${expected.find((line) => !found.includes(line))}\nfound    ${found.find((line) => !expected.includes(line))}`;
}
