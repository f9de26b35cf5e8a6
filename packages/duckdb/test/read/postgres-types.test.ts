import { typeOid } from '@riffq/wire';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DuckDBServer } from '../duckdb-server.js';

let server: DuckDBServer;
let client: pg.Client;
beforeAll(async () => {
  server = await DuckDBServer.open();
  client = await server.connect();
});
afterAll(async () => {
  await client.end();
  await server[Symbol.asyncDispose]();
});

const raw = { getTypeParser: () => (value: string) => value };

/** DuckDB's SQL, the type that PostgreSQL's clients see, and the text. */
const table: readonly (readonly [sql: string, type: keyof typeof typeOid, text: string])[] = [
  ['[1, NULL, 3]', '_int4', '{1,NULL,3}'],
  ["['a b', NULL, 'NULL', '']", '_varchar', '{"a b",NULL,"NULL",""}'],
  ['[[1, 2], [3, 4]]', '_int4', '{{1,2},{3,4}}'],
  ['[1.5, 2.25]::DOUBLE[2]', '_float8', '{1.5,2.25}'],
  ['[1.50, NULL]::DECIMAL(5,2)[]', '_numeric', '{1.50,NULL}'],
  ["[DATE '2024-02-29']", '_date', '{2024-02-29}'],
  ["[TIMESTAMP '2024-02-29 12:00:00']", '_timestamp', '{"2024-02-29 12:00:00"}'],
  ["['8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'::UUID]", '_uuid', '{8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b}'],
  ["['1'::JSON]", '_json', '{1}'],
  ['[true, false]', '_bool', '{t,f}'],
  ["'8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'::UUID", 'uuid', '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
  ["INTERVAL '14 months -3 days 04:05:06.7'", 'interval', '1 year 2 mons -3 days +04:05:06.7'],
  ["TIME '24:00:00'", 'time', '24:00:00'],
  ["'10:00:00.5+05:30'::TIMETZ", 'timetz', '10:00:00.5+05:30'],
  ["'00101'::BIT", 'varbit', '00101'],
  ['(-170141183460469231731687303715884105728)::HUGEINT', 'numeric', '-170141183460469231731687303715884105728'],
  ["'123456789012345678901234567890123456789012'::BIGNUM", 'numeric', '123456789012345678901234567890123456789012'],
  ["{'a': 1, 'b': NULL}", 'json', '{"a":1,"b":null}'],
  ["MAP {'k': [1]}", 'json', '{"k":[1]}'],
  ['union_value(n := 1)', 'json', '{"n":1}'],
  ["[{'a': 1}]", 'json', '[{"a":1}]'],
  [`'{"a": 1}'::JSON`, 'json', '{"a": 1}'],
];

test.each(table)('%s is %s', async (sql, type, text) => {
  const { rows, fields } = await client.query({ text: `SELECT ${sql} AS v`, rowMode: 'array', types: raw });
  expect(fields[0]?.dataTypeID).toBe(typeOid[type]);
  expect(rows).toEqual([[text]]);
});

test('lists in a filtered table, whose elements lie apart, are those of their rows', async () => {
  await server.database.run(
    'CREATE TABLE lists AS SELECT i, CASE WHEN i % 7 = 0 THEN NULL ELSE range(i % 4) END AS l FROM range(5000) t(i)',
  );
  const { rows } = await client.query({
    text: 'SELECT i, l FROM lists WHERE i % 3 = 1 ORDER BY i',
    rowMode: 'array',
    types: raw,
  });
  const expected = Array.from({ length: 5000 }, (_, i) => i)
    .filter((i) => i % 3 === 1)
    .map((i) => [String(i), i % 7 === 0 ? null : `{${Array.from({ length: i % 4 }, (_, n) => n)}}`]);
  expect(rows).toEqual(expected);
});

test('lists of different lengths within a list are refused, with the row and what to do', async () => {
  await expect(client.query('SELECT [[1], [2, 3]] AS v')).rejects.toMatchObject({
    code: '2202E',
    hint: expect.stringContaining('json'),
  });
  const { rows } = await client.query({ text: 'SELECT to_json([[1], [2, 3]]) AS v', rowMode: 'array', types: raw });
  expect(rows).toEqual([['[[1],[2,3]]']]);
});
