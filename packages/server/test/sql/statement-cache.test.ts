import { expect, test } from 'vitest';
import { StatementCache } from '../../src/sql/statement-cache.js';

test('a text that was taken apart is known by exactly its characters', () => {
  const cache = new StatementCache();
  const select = cache.only('select 1;');
  expect(select).toMatchObject({ sql: 'select 1' });
  expect(cache.get('select 1;')).toBe(select);
  expect(cache.only('select 1;')).toBe(select);
  expect(cache.get('select 1')).toBeUndefined();
});

test('a text of no statement or of several is not remembered', () => {
  const cache = new StatementCache();
  expect(cache.only(' ; -- nothing')).toBe('none');
  expect(cache.only('select 1; select 2')).toBe('several');
  expect(cache.get('select 1; select 2')).toBeUndefined();
});

test('long texts, and more than 500, take no memory', () => {
  const cache = new StatementCache();
  const long = `select '${'x'.repeat(1000)}'`;
  expect(cache.only(long)).toMatchObject({ sql: long });
  expect(cache.get(long)).toBeUndefined();
  const texts = Array.from({ length: 1200 }, (_, number) => `select ${number}`);
  for (const text of texts) cache.only(text);
  expect(texts.filter((text) => cache.get(text) !== undefined).length).toBeLessThanOrEqual(500);
  expect(cache.get('select 1199')).toBeDefined();
});

test('where a backslash escapes in any string, a text with one is read for itself', () => {
  const cache = new StatementCache();
  const text = "select '\\'; select 2 --'";
  expect(cache.only(text)).toBe('several');
  expect(cache.only(text, true)).toMatchObject({ sql: text });
  expect(cache.get(text)).toBeUndefined();
  expect(cache.only('select 1', true)).toBe(cache.get('select 1'));
});
