import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { onlyInOlder } from './handler-statements.js';
import { contentOf, schemaOf, tableOf } from './made-up-content.js';
import { readCorpus } from './read-corpus.js';

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
  const targets = `SELECT DISTINCT attstattarget FROM pg_attribute WHERE attrelid = 's.a'::regclass ORDER BY 1`;
  expect(await ask(targets)).toEqual([['-1'], ['0']]);
});

test("psql 15's lists of databases and collations have the rows that PostgreSQL 15 gives", async () => {
  const statements = readCorpus().filter(({ path }) => onlyInOlder.includes(path));
  const answers = await Promise.all(
    statements.map(({ sql }) => catalog.query(sql.replace(/^--.*\n/gm, ''), [], { user: 'alice', database: 'shop' })),
  );
  const [databases, withSizes, collations] = answers;
  const columns = [
    'Name',
    'Owner',
    'Encoding',
    'Collate',
    'Ctype',
    'ICU Locale',
    'Locale Provider',
    'Access privileges',
  ];
  expect(databases?.fields?.map(({ name }) => name)).toEqual(columns);
  const shop = ['shop', 'riffq', 'UTF8', 'C', 'C.UTF-8', null, 'libc', null];
  expect(databases?.textRows()).toEqual([['other', ...shop.slice(1)], shop]);
  expect(withSizes?.fields?.map(({ name }) => name)).toEqual([...columns, 'Size', 'Tablespace', 'Description']);
  expect(withSizes?.textRows()).toEqual([
    ['other', ...shop.slice(1), '0 bytes', 'pg_default', null],
    [...shop, '0 bytes', 'pg_default', null],
  ]);
  expect(collations?.fields?.map(({ name }) => name)).toContain('ICU Locale');
  // None but those of PostgreSQL itself, which \dO leaves out.
  expect(collations?.textRows()).toEqual([]);
});
