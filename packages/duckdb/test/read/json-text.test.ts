import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  client = new TestClient(database);
});
afterAll(() => database.close());

test.each([
  '[true, NULL]',
  "['a', 'quote \" and \\ and \n', '🦆']",
  '[9007199254740993, -1]::BIGINT[]',
  '[170141183460469231731687303715884105727::HUGEINT]',
  '[1.50, -0.01]::DECIMAL(5,2)[]',
  "[DATE '2024-01-02', DATE 'infinity', DATE '-infinity']",
  "[TIMESTAMP '2024-01-02 03:04:05.6', TIMESTAMP 'infinity']",
  "[TIME '03:04:05']",
  "['8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'::UUID]",
  "['\\xAA'::BLOB]",
  "[INTERVAL '1 year 2 days']",
  '[\'{"x": [1]}\'::JSON]',
  '[[1, 2], NULL, []]',
  "{'a': 1, 'b': {'c': [NULL]}}",
  "{'2': 'x', '1': 'y'}",
  "MAP {1: 'a', 2: 'b'}",
  "MAP {'a': [1]}",
  "union_value(tag := 'x')",
])('%s is what to_json makes of it', async (expression) => {
  // Lists by themselves are arrays.
  const value = `{'v': ${expression}}`;
  const [row] = await client.rows(`SELECT ${value}, to_json(${value})::VARCHAR`);
  const [ours, theirs] = row ?? [];
  expect(JSON.parse(String(ours))).toEqual(JSON.parse(String(theirs)));
  expect(String(ours)).not.toMatch(/^"/);
});

test('numbers keep all their digits', async () => {
  const rows = await client.rows(
    "SELECT {'a': 9007199254740993, 'b': 1.50::DECIMAL(5,2), 'c': '12345678901234567890123.4567890123'::DECIMAL(38,10)}",
  );
  expect(rows).toEqual([['{"a":9007199254740993,"b":1.50,"c":12345678901234567890123.4567890123}']]);
});

test('what JSON has no number for is a string', async () => {
  const rows = await client.rows("SELECT {'v': ['1', 'nan', 'infinity', '-infinity']::DOUBLE[]}");
  expect(rows).toEqual([['{"v":[1,"NaN","Infinity","-Infinity"]}']]);
});
