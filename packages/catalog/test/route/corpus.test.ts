import { expect, test } from 'vitest';
import { readCorpus } from '../read-corpus.js';
import { names, routeOf } from './routes.js';

/** Tables of the user, constants, and statements of the session; all others are the catalog's. */
const handlers = new Set([
  'asyncpg/005_shop_orders.sql',
  'pgjdbc/029_transaction.sql',
  'pgjdbc/030_shop_orders.sql',
  'postgresjs/002_select_1_int4.sql',
  'psycopg3/001_savepoint__pg3_1.sql',
  'psycopg3/003_release__pg3_1.sql',
  'sqlalchemy/003_transaction.sql',
  'sqlalchemy/004_standard_conforming_strings.sql',
  'sqlalchemy/005_savepoint__pg3_1.sql',
  'sqlalchemy/007_release__pg3_1.sql',
]);

test.each(readCorpus().map(({ path, sql }) => [path, sql] as const))('%s has its answerer', async (path, sql) => {
  const context = names(['shop.customers', 'shop.orders', 'shop.v_orders', 'shop.mv', 'public.users']);
  expect(await routeOf(sql, context)).toBe(handlers.has(path) ? 'handler' : 'catalog');
});
