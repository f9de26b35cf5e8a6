import { afterAll, expect, test } from 'vitest';
import { createCatalog, type LazyCatalogSource, LazySource } from '../src/index.js';
import { askOracle } from './oracle.js';

const databases = ['shop', 'other'];
let labels: readonly string[] = [];
const source: LazyCatalogSource = {
  databases: () => databases.map((name, number) => ({ oid: 70_000 + number, name })),
  schemas: () => [{ oid: 30_000, name: 's', enums: [{ name: 'mood', labels }] }],
  relations: () => [],
  columns: () => [],
};
const catalog = createCatalog(new LazySource(source));
afterAll(() => catalog.close());

async function ask(sql: string, database = 'shop', asked = catalog): Promise<(string | null)[][]> {
  return (await asked.query(sql, [], { user: 'alice', database })).textRows();
}

/** What PostgreSQL says of an enum's order, in all the ways in which it finds it out. */
const order = `
  SELECT max(m)::text AS "greatest", min(m)::text AS "least", array_agg(m::text ORDER BY m)::text AS "sorted",
    enum_range(NULL::s.mood)::text AS "range", array_agg(m::text ORDER BY m) FILTER (WHERE m < enum_last(NULL::s.mood))::text AS "less",
    (SELECT array_agg(enumlabel::text ORDER BY oid)::text FROM pg_enum WHERE enumtypid = 's.mood'::regtype) AS "by OID"
  FROM (SELECT enumlabel::text::s.mood AS m FROM pg_enum WHERE enumtypid = 's.mood'::regtype) moods`;

const lists: readonly (readonly string[])[] = [
  ['a', 'b'],
  ['b', 'a'],
  ['z', 'm', 'a', 'q'],
  ['q', 'z', 'a'],
  Array.from({ length: 300 }, (_, number) => `label ${(number * 7919) % 300}`),
  ['only'],
];

test('labels compare in their order, also after that has changed', async () => {
  for (const list of lists) {
    labels = list;
    const quoted = list.map((label) => `'${label}'`).join();
    const [theirs = {}] = await askOracle(`BEGIN; CREATE SCHEMA s; CREATE TYPE s.mood AS ENUM (${quoted}); ${order}`);
    expect(await ask(order)).toEqual([Object.values(theirs)]);
  }
});

test('what is bound is compared in that order as well', async () => {
  labels = ['b', 'a'];
  const sql = 'SELECT $1::s.mood > $2::s.mood FROM pg_class LIMIT 1';
  const greater = async () => (await catalog.query(sql, ['a', 'b'], { user: 'alice', database: 'shop' })).textRows();
  expect(await greater()).toEqual([['t']]);
  labels = ['a', 'b'];
  expect(await greater()).toEqual([['f']]);
});

const oids = `SELECT oid::text FROM pg_enum WHERE enumtypid = 's.mood'::regtype ORDER BY enumsortorder`;

test('OIDs of labels are even, ascend, and are the same whoever connects first', async () => {
  labels = ['z', 'm', 'a', 'q'];
  const told = await ask(oids);
  const numbers = told.map(([oid]) => Number(oid));
  expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + 2 * index));
  expect(numbers[0]! % 2).toBe(0);
  const another = createCatalog(new LazySource(source));
  await ask(oids, 'other', another);
  expect(await ask(oids, 'shop', another)).toEqual(told);
  await another.close();
  labels = ['z', 'm', 'q', 'a'];
  const others = (await ask(oids)).flat();
  expect(others.filter((oid) => told.flat().includes(oid))).toEqual([]);
});
