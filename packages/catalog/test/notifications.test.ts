import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Catalog, createCatalog } from '../src/index.js';
import { contentOf } from './made-up-content.js';

let catalog: Catalog;
const alice = { user: 'alice', database: 'shop' };

beforeAll(async () => {
  catalog = createCatalog({ content: async (database) => contentOf(database) });
  await catalog.warm('shop');
});
afterAll(() => catalog.close());

const flood = (payload: string, count: number): string =>
  `select count(pg_notify('a', ${payload})) from generate_series(1, ${count}) n, (select 1 from pg_class limit 1) x`;

test('thousands of notifications of one statement are told in their order', async () => {
  const { effects } = await catalog.query(flood("n || 'é\"''\\,+'", 20_000), [], alice);
  expect(effects).toEqual(
    Array.from({ length: 20_000 }, (_, at) => ({ kind: 'notify', channel: 'a', payload: `${at + 1}é"'\\,+` })),
  );
  const { effects: next } = await catalog.query(flood("'x'", 1), [], alice);
  expect(next).toEqual([{ kind: 'notify', channel: 'a', payload: 'x' }]);
});

test('more than there is room for are refused', async () => {
  await expect(catalog.query(flood("repeat('x', 7000)", 2010), [], alice)).rejects.toMatchObject({
    sqlstate: '54000',
    message: 'too many notifications in the NOTIFY queue',
  });
});
