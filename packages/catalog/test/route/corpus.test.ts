import { expect, test } from 'vitest';
import { handlerStatements } from '../handler-statements.js';
import { readCorpus } from '../read-corpus.js';
import { names, routeOf } from './routes.js';

test.each(readCorpus().map(({ path, sql }) => [path, sql] as const))('%s has its answerer', async (path, sql) => {
  const context = names(['shop.customers', 'shop.orders', 'shop.v_orders', 'shop.mv', 'public.users']);
  expect(await routeOf(sql, context)).toBe(handlerStatements.has(path) ? 'handler' : 'catalog');
});
