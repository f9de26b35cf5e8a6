import { describe, expect, test } from 'vitest';
import { findPlaceholders } from '../../src/statement/placeholder.js';
import { keywords } from '../../src/statement/sql-token.js';
import { StatementParameters } from '../../src/statement/statement-parameters.js';

describe('a $n is a parameter', () => {
  test.each<[string, readonly number[]]>([
    ['SELECT $1, $12+$1', [1, 12, 1]],
    ["SELECT '$1', 'it''s $2', $3", [3]],
    ["SELECT E'\\'$1', e'\\\\', $2", [2]],
    ['SELECT "$1", "a""$2", $3', [3]],
    ['SELECT $1 -- $2\n, $3', [1, 3]],
    ['SELECT $1 -- $2\r, $3', [1, 3]],
    ["SELECT e'a' -- it's\r\n '\\'$1', $2", [2]],
    ["SELECT e'a' '\\', $1", [1]],
    ['SELECT /* $1 /* $2 */ $3 */ $4', [4]],
    ['SELECT $$ $1 $$, $tag$ $2 $$ $tag$, $3', [3]],
    ['SELECT a$1, $2', [2]],
    ["SELECT '$1", []],
    ['SELECT /* $1', []],
    ['SELECT $tag$ $1', []],
    ['SELECT é$1, $2', [2]],
  ])('%s', (sql, numbers) => {
    expect(findPlaceholders(sql).map(({ number }) => number)).toEqual(numbers);
  });
});

test('words are those outside quotes and comments', () => {
  expect([...keywords('select "from" /* where */ 1e5, \'having\' x -- limit\n returning a$b')]).toEqual([
    'SELECT',
    'X',
    'RETURNING',
    'A$B',
  ]);
});

test('a place in the text for DuckDB leads back to the place in the text of the client', () => {
  const sql = "SELECT 'é🦆', $3, $7, nothing";
  const text = new StatementParameters(sql).text(new Map([[3, 'INTEGER']]));
  expect(text.sql).toBe("SELECT 'é🦆', CAST($1 AS INTEGER), $2, nothing");
  const place = (mark: string) => text.position(Buffer.byteLength(text.sql.slice(0, text.sql.indexOf(mark))));
  expect(place('SELECT')).toBe(1);
  expect(place('CAST')).toBe(14);
  expect(place('INTEGER')).toBe(14);
  expect(place('$2')).toBe(18);
  expect(place('nothing')).toBe(22);
});

test('a million characters of string and comment are passed over', () => {
  const sql = `SELECT '${"it''s ".repeat(200_000)}' /* ${'x'.repeat(1_000_000)} */, $1`;
  expect(findPlaceholders(sql)).toHaveLength(1);
});
