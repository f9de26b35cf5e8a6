import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { contentOf, schemaOf, tableOf } from './made-up-content.js';

const content = contentOf('shop', [schemaOf(30_000, 's', [tableOf(30_010, 'a', ['x'])])]);
let catalog: Catalog;

beforeAll(() => {
  catalog = createCatalog({ content: async () => content }, { serverVersion: '15.20' });
});

afterAll(() => catalog.close());

async function ask(sql: string): Promise<(string | null)[][]> {
  return (await catalog.query(sql, [], { user: 'alice', database: 'shop' })).textRows();
}

test('clients of PostgreSQL 15 find the columns of their time', async () => {
  expect(await ask('SELECT datname, daticulocale, tableoid > 0 FROM pg_catalog.pg_database ORDER BY 1')).toEqual([
    ['other', null, 't'],
    ['shop', null, 't'],
  ]);
  expect(await ask(`SELECT collname, colliculocale FROM pg_catalog.pg_collation WHERE collname = 'C'`)).toEqual([
    ['C', null],
  ]);
});

test('what PostgreSQL itself knows of databases is the same', async () => {
  expect(await ask(`SELECT current_database(), version(), has_database_privilege('other', 'CONNECT')`)).toEqual([
    ['shop', 'PostgreSQL 15.20 (riffq)', 't'],
  ]);
});

test('the statistics target of a column is not NULL before PostgreSQL 17', async () => {
  const targets = `SELECT DISTINCT attstattarget FROM pg_attribute WHERE attrelid = 's.a'::regclass`;
  expect(await ask(targets)).toEqual([['-1']]);
});
