import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Catalog, createCatalog, type DatabaseContent, LazySource, type RelationRow } from '../src/index.js';
import { contentOf, schemaOf, tableOf } from './made-up-content.js';
import { askOracle } from './oracle.js';
import { openShop, type Shop } from './shop.js';
import { sourceOf } from './source/sources.js';
import { sourceOfContent } from './source-of-content.js';

let shop: Shop;
let catalog: Catalog;
let now: LazySource;

beforeAll(async () => {
  shop = await openShop(inject('oracle'));
  catalog = createCatalog({ content: (database, signal) => now.content(database, signal) });
});

afterAll(async () => {
  await catalog?.close();
  await shop?.[Symbol.asyncDispose]();
});

async function ask(sql: string, database = 'shop'): Promise<(string | null)[][]> {
  return (await catalog.query(sql, [], { user: 'alice', database })).textRows();
}

/** The shop as a source that knows of no sequences. */
function withoutSequences(content: DatabaseContent): DatabaseContent {
  return { ...content, schemas: content.schemas.map((schema) => ({ ...schema, sequences: [] })) };
}

test('an identity column has the sequence that PostgreSQL would make', async () => {
  now = new LazySource(sourceOfContent(withoutSequences(shop.content)));
  const sql = `SELECT c.relname, c.relnamespace::regnamespace::text, s.seqtypid::regtype::text, s.seqstart::text, s.seqmin::text,
      s.seqmax::text, s.seqincrement::text, s.seqcycle::text, d.deptype::text, d.refobjid::regclass::text, d.refobjsubid::text,
      pg_get_serial_sequence('shop.orders', 'id') AS serial
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i')
    WHERE d.refobjid = 'shop.orders'::regclass`;
  const { rows } = await shop.client.query({ text: sql, rowMode: 'array' });
  expect(rows).toHaveLength(1);
  expect(await ask(sql, shop.database)).toEqual(rows);
});

test('the sequence comes and goes with the column, and gives way to what has its name', async () => {
  const identity = { name: 'id', typeOid: 21, nullable: false, identity: 'byDefault' } as const;
  const relation = { oid: 70_002, reltypeOid: 70_003, name: 'orders', columns: [identity] };
  const sequences = `SELECT relname, seqtypid::regtype, pg_get_serial_sequence('orders', 'id') FROM pg_sequence
    JOIN pg_class c ON c.oid = seqrelid`;
  const relations: RelationRow[] = [relation];
  now = new LazySource(sourceOf({ relations: () => relations }));
  expect(await ask(sequences)).toEqual([['orders_id_seq', 'smallint', 'public.orders_id_seq']]);
  relations[0] = { ...relation, columns: [{ ...identity, identity: null }] };
  expect(await ask(sequences)).toEqual([]);
  relations[0] = { ...relation, columns: [{ name: 'before', typeOid: 20, nullable: true }, identity] };
  relations.push({ oid: 70_004, reltypeOid: 70_005, name: 'orders_id_seq', columns: [] });
  expect(await ask(sequences)).toEqual([['orders_id_seq1', 'smallint', 'public.orders_id_seq1']]);
  relations.splice(0);
  expect(await ask('SELECT count(*) FROM pg_class WHERE oid >= 16384')).toEqual([['0']]);
});

test('rows of a relation have a type of arrays, under the name that PostgreSQL would give', async () => {
  const names = ['_a', 'a', 'x'.repeat(63), `${'é'.repeat(31)}z`];
  await askOracle(`DROP SCHEMA IF EXISTS arrays CASCADE; CREATE SCHEMA arrays;
    ${names.map((name) => `CREATE TABLE arrays."${name}" (x text)`).join(';')}`);
  const sql = `SELECT t.typname::text, a.typname::text AS array, a.typalign::text, a.typcategory::text, a.typinput::text
    FROM pg_type t JOIN pg_type a ON a.oid = t.typarray JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE nspname = 'arrays' ORDER BY t.typname COLLATE "C"`;
  const theirs = (await askOracle(sql)).map(Object.values);
  await askOracle('DROP SCHEMA arrays CASCADE');
  const tables = names.map((name, at) => tableOf(30_000 + 10 * at, name, ['x']));
  now = new LazySource(sourceOfContent(contentOf('shop', [schemaOf(20_002, 'arrays', tables)])));
  expect(await ask(sql)).toEqual(theirs);
  expect(
    await ask(`SELECT ARRAY[NULL::arrays.a]::text, pg_typeof(ARRAY[NULL::arrays.a]), 'arrays.a[]'::regtype::oid`),
  ).toEqual([['{NULL}', 'arrays.a[]', '1030010']]);
});
