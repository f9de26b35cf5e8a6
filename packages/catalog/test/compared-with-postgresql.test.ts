import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog, LazySource } from '../src/index.js';
import { handlerStatements, onlyForSuperusers, onlyInOlder } from './handler-statements.js';
import { readCorpus, readExclusions } from './read-corpus.js';
import { openShop, type Shop } from './shop.js';
import { sourceOfContent } from './source-of-content.js';

/** What cannot be the same, with the reason. All else is compared as a whole. */
const excluded = readExclusions();

/** Statements of the corpus that read. */
const corpus = readCorpus().flatMap(({ path, sql }) => {
  const parameters: readonly (string | null)[] = JSON.parse(/^-- params: (.*)$/m.exec(sql)?.[1] ?? '[]');
  const text = sql
    .replace(/^-- (origin|params):.*\n/gm, '')
    .trim()
    .replace(/;$/, '');
  const reads = /^[\s(]*(select|with|values|show|table)\b/i.test(text) && !handlerStatements.has(path);
  return reads ? [{ path, text, parameters }] : [];
});

/** OIDs of the database in which a statement was caught. */
const caughtOid = /\b1[67]\d{3}\b/g;

/** A statement with OIDs of the shop in place of those: lists of them become lists of its tables, or of row types. */
function fitted({ path, text, parameters }: (typeof corpus)[number]): {
  sql: string;
  values: readonly (string | null)[];
} {
  const relations = shop.content.schemas.flatMap((schema) => schema.relations).filter(({ kind }) => kind === 'table');
  const oids = relations.map(({ oid, typeOid }) => String(path.startsWith('asyncpg/') ? typeOid : oid));
  const known = new Map<string, string>();
  const ofShop = (caught: string): string => {
    const oid = known.get(caught) ?? oids[known.size % oids.length] ?? '';
    known.set(caught, oid);
    return oid;
  };
  const sql = text
    .replace(/'\{[\d,]*\}'/g, (list) => list.replace(caughtOid, ofShop))
    .replace(/'1[67]\d{3}'/g, "'shop.orders'::regclass")
    .replace(/(?<![{,\d])1[67]\d{3}\b(?![},])/g, "'shop.v_orders'::regclass");
  return { sql, values: parameters.map((value) => value?.replace(caughtOid, ofShop) ?? null) };
}

let shop: Shop;
let catalog: Catalog;
/** The owner has an OID of its own here. */
let owner: string;
/** Databases and roles of other tests: they are there for the whole server. */
let strangers: ReadonlySet<unknown> = new Set();

beforeAll(async () => {
  shop = await openShop(inject('oracle'));
  const { rows } = await shop.client.query<{ oid: string }>(`SELECT 'riffq'::regrole::oid::text AS oid`);
  owner = rows[0]!.oid;
  catalog = createCatalog(new LazySource(sourceOfContent(shop.content)));
});

afterAll(async () => {
  await catalog?.close();
  await shop?.[Symbol.asyncDispose]();
});

test('tools get the same columns and rows as from PostgreSQL', { timeout: 120_000 }, async () => {
  const asked = corpus.filter(({ path }) => !excluded.has(path));
  const wrong: string[] = [];
  const unknown: string[] = [];
  let compared = 0;
  for (const statement of asked) {
    const { path } = statement;
    const { sql, values } = fitted(statement);
    // Django names no schemas.
    const searchPath = path.startsWith('django/') ? 'shop, public' : undefined;
    const theirs = await theirAnswer(sql, values, searchPath);
    if (theirs === undefined) {
      unknown.push(path);
      continue;
    }
    compared++;
    const ours = await ourAnswer(sql, values, searchPath).catch(String);
    if (ours !== theirs) wrong.push(`${path}: ${firstDifference(theirs, ours)}`);
  }
  console.log(`corpus: ${compared} compared, ${compared - wrong.length} equal, ${excluded.size} excluded`);
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(370);
  expect(unknown).toEqual([...onlyForSuperusers, ...onlyInOlder]);
  expect(excluded.size).toBeLessThanOrEqual(20);
  expect(asked.length + excluded.size, 'what is excluded is in the corpus').toBe(corpus.length);
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

// What can be written to a view nobody but the source could tell.
test('information_schema is the same as in PostgreSQL', async () => {
  const asked = Object.entries(standardViews).map(([view, schema]) => {
    const table = ['tables', 'columns', 'views'].includes(view) ? 'table_name' : `'none'`;
    return `SELECT * FROM information_schema.${view} WHERE ${schema} = 'shop' AND ${table} <> 'v_orders'`;
  });
  expect(await differences(asked)).toEqual([]);
});

test('functions and views about the objects are the same as in PostgreSQL', async () => {
  const asked = [
    `SELECT relname, relkind, reltuples, relnatts, relhasindex, relchecks, relhasrules, relhastriggers FROM pg_class
     WHERE relnamespace = 'shop'::regnamespace`,
    `SELECT conname, contype, pg_get_constraintdef(oid), pg_get_constraintdef(oid, true), conindid::regclass, confrelid::regclass
     FROM pg_constraint WHERE connamespace = 'shop'::regnamespace`,
    `SELECT conname, conkey, conrelid::regclass, contypid::regtype, conislocal, coninhcount, connoinherit, convalidated, conenforced,
       condeferrable, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'n' AND connamespace >= 2200`,
    `SELECT * FROM information_schema.check_constraints WHERE check_clause ~ 'IS NOT NULL$'`,
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
async function theirAnswer(
  sql: string,
  values: readonly (string | null)[] = [],
  searchPath?: string,
): Promise<string | undefined> {
  const query = {
    text: sql,
    values: [...values],
    rowMode: 'array' as const,
    types: { getTypeParser: () => (value: unknown) => value },
  };
  // Some statements set something, which the next one shall not see.
  await shop.client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  try {
    strangers = await others();
    if (searchPath !== undefined) await shop.client.query(`SET LOCAL search_path = ${searchPath}`);
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

async function ourAnswer(
  sql: string,
  parameters: readonly (string | null)[] = [],
  searchPath?: string,
): Promise<string> {
  const { user, database } = shop;
  // A session has settings that the small PostgreSQL behind it has not.
  const settings = new Map([['jit', 'on']]);
  const result = await catalog.query(sql, parameters, {
    user,
    database,
    settings,
    ...(searchPath !== undefined && { searchPath }),
  });
  // Only the superuser's name is another one.
  return answer(result.fields ?? [], result.textRows()).replaceAll('pg_riffq', 'postgres');
}

/** What initdb made has OIDs in the order in which that build of PostgreSQL made it. */
const oidOfInitdb = /(?<!\d)1[23]\d{3}(?!\d)/g;
/** Who answers says so. */
const ownVersion = /PostgreSQL 18\.4[^"]*/g;
const defaults = '2604';

/** Nobody can foresee the OIDs of the client's role, which is made when it connects, and of defaults, which no source reports. */
function foreseeable([first, second, ...rest]: readonly unknown[]): readonly unknown[] {
  if (second === shop.user) return ['client', second, ...rest];
  return first === defaults ? [first, 'default', ...rest] : [first, second, ...rest];
}

/** Databases and roles that each of them has for itself. */
const superusers: ReadonlySet<unknown> = new Set(['postgres', 'pg_riffq']);

function answer(fields: readonly { name: string; typeOid: number }[], rows: readonly (readonly unknown[])[]): string {
  const columns = fields.map(({ name, typeOid }) => `${name} ${typeOid}`).join(', ');
  const lines = rows
    .filter(([first, second]) => !superusers.has(first) && !strangers.has(first) && !strangers.has(second))
    .map((row) => JSON.stringify(foreseeable(row)).replace(oidOfInitdb, 'initdb').replace(ownVersion, 'version'));
  // Not every statement says in which order it wants them.
  return [columns, ...lines.sort()].join('\n');
}

/** What there is of these in the transaction that runs. */
async function others(): Promise<ReadonlySet<unknown>> {
  const { rows } = await shop.client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database UNION ALL SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_|^riffq$'`,
  );
  const names = new Set(rows.map(({ name }) => name));
  for (const own of [shop.database, shop.user, 'postgres']) names.delete(own);
  return names;
}

function firstDifference(theirs: string, ours: string): string {
  const [expected, found] = [theirs.split('\n'), ours.split('\n')];
  return `expected ${expected.find((line) => !found.includes(line))}\nfound    ${found.find((line) => !expected.includes(line))}`;
}
