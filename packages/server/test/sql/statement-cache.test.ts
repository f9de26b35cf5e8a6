import { expect, test } from 'vitest';
import { splitStatements } from '../../src/sql/statement.js';
import { StatementCache } from '../../src/sql/statement-cache.js';

function statement(text: string) {
  const [first] = splitStatements(text);
  if (first === undefined) throw new Error('the text has a statement');
  return first;
}

test('a text that was taken apart is known by exactly its characters', () => {
  const cache = new StatementCache();
  const select = statement('select 1;');
  cache.remember(select);
  expect(cache.get('select 1;')).toBe(select);
  expect(cache.get('select 1')).toBeUndefined();
});

test('long texts, and more than 500, take no memory', () => {
  const cache = new StatementCache();
  const long = `select '${'x'.repeat(1000)}'`;
  cache.remember(statement(long));
  expect(cache.get(long)).toBeUndefined();
  const texts = Array.from({ length: 1200 }, (_, number) => `select ${number}`);
  for (const text of texts) cache.remember(statement(text));
  expect(texts.filter((text) => cache.get(text) !== undefined).length).toBeLessThanOrEqual(500);
  expect(cache.get('select 1199')).toBeDefined();
});
