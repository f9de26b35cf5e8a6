import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { openShop, type Shop } from './shop.js';

const statements = readFileSync(new URL('psql-statements.sql', import.meta.url), 'utf8')
  .trim()
  .split('\n\n')
  .slice(1);

/** What cannot be the same, by a text in the statement. */
const different: readonly (readonly [text: string, reason: string])[] = [
  ['pg_size_pretty', 'nothing is stored here, so all sizes are 0'],
  ['pg_catalog.pg_database d', 'the oracle has its own databases'],
  ["IN ('r','p','t','s','')", 'tables of TOAST, and the helpers among them'],
  ['pg_catalog.pg_tablespace', 'nothing is stored here, so all sizes are 0'],
  ['pg_catalog.pg_roles r', 'pg_riffq is the superuser, and not shown for its name begins with pg_'],
  ['n.nspacl', 'a source gives no privileges'],
  ['FROM pg_catalog.pg_settings', 'the settings are those of a small PostgreSQL'],
  ['pg_catalog.pg_extension e', 'built-in objects without a fixed OID have other ones'],
  ['SELECT nspname, relname, relkind', 'the oracle has a TOAST table there'],
];

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

test('psql gets the same columns and rows as from PostgreSQL', { timeout: 120_000 }, async () => {
  const asked = statements.filter((statement) => !different.some(([text]) => statement.includes(text)));
  expect(await differences(asked)).toEqual([]);
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

/** Undefined: PostgreSQL 18 does not know a column that psql 15 asks for. */
async function theirAnswer(sql: string): Promise<string | undefined> {
  const query = { text: sql, rowMode: 'array' as const, types: { getTypeParser: () => (value: unknown) => value } };
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

async function ourAnswer(sql: string): Promise<string> {
  const { user, database } = shop;
  const result = await catalog.query(sql, [], { user, database });
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
