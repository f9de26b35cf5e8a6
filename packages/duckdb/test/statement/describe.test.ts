import { typeOid } from '@riffq/wire';
import { Schema } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  await database.run(`
    CREATE TABLE orders (id INTEGER, big BIGINT, price DECIMAL(10,2), name VARCHAR, made TIMESTAMP, rate DOUBLE);
    CREATE SEQUENCE numbers; CREATE TABLE written (a INTEGER)`);
  client = new TestClient(database);
});
afterAll(() => database.close());

async function described(sql: string, types?: readonly number[]) {
  const { parameterTypes, schema } = await client.describe(sql, types);
  if (schema !== null && !(schema instanceof Schema)) throw new Error('not an Arrow schema');
  return { parameterTypes, columns: schema === null ? null : schema.fields.map(String) };
}

test('nothing runs', async () => {
  await described('INSERT INTO written VALUES (1) RETURNING a');
  await described("SELECT nextval('numbers')");
  await described('CREATE TABLE never (a INTEGER)');
  expect(await client.rows('SELECT * FROM written')).toEqual([]);
  expect(await client.rows("SELECT nextval('numbers')")).toEqual([[1n]]);
  await expect(client.rows('SELECT * FROM never')).rejects.toMatchObject({ sqlstate: '42P01' });
});

describe('columns', () => {
  test.each([
    ['SELECT id, name AS n FROM orders', ['id: Int32', 'n: Utf8']],
    ['FROM written', ['a: Int32']],
    ['VALUES (1, NULL)', ['col0: Int32', 'col1: Int32']],
    ['WITH x AS (SELECT 1 AS a) SELECT * FROM x', ['a: Int32']],
    ['INSERT INTO written VALUES (1) RETURNING a, a + 1 AS b', ['a: Int32', 'b: Int32']],
    ['UPDATE written SET a = 1 RETURNING *', ['a: Int32']],
    ['DELETE FROM written RETURNING a AS "Count"', ['Count: Int32']],
    ['EXPLAIN SELECT 1', ['explain_key: Utf8', 'explain_value: Utf8']],
    ['SHOW TABLES', ['name: Utf8']],
    ['CALL pragma_version()', ['library_version: Utf8', 'source_id: Utf8', 'codename: Utf8']],
    ['PIVOT (VALUES (1), (2)) v (a) ON a USING count(*)', ['1: Int64', '2: Int64']],
  ])('%s', async (sql, columns) => {
    expect((await described(sql)).columns).toEqual(columns);
  });

  test.each([
    'INSERT INTO written VALUES (1)',
    'INSERT INTO written SELECT 1 AS "returning"',
    'UPDATE written SET a = 1',
    'DELETE FROM written',
    'TRUNCATE written',
    'CREATE TABLE t AS SELECT 1',
    'DROP TABLE written',
    'ALTER TABLE written ADD COLUMN b INTEGER',
    "COPY written TO 'x.csv'",
    'CHECKPOINT',
    'SET threads = 2',
    'BEGIN',
  ])('%s has none', async (sql) => {
    expect((await described(sql)).columns).toBeNull();
  });
});

describe('parameters', () => {
  const { int4, int8, text, numeric, timestamp, timestamptz, bool, interval, _text, _int8, varchar } = typeOid;
  test.each<[string, readonly number[], readonly number[], readonly string[] | null]>([
    ['SELECT * FROM written WHERE a = $1', [], [int4], ['a: Int32']],
    ['SELECT id FROM orders WHERE price > $1 AND made > $2 LIMIT $3', [], [numeric, timestamp, int8], ['id: Int32']],
    ['INSERT INTO written VALUES ($1)', [], [int4], null],
    ['INSERT INTO orders (id, name) SELECT $1, $2', [], [text, text], null],
    ['SELECT $1', [], [text], ['$1: Utf8']],
    ['SELECT $1', [int8], [int8], ['$1: Int64']],
    ['SELECT $1 AS a', [varchar], [varchar], ['a: Utf8']],
    ['SELECT id + $1 AS n FROM orders', [], [int4], ['n: Int32']],
    ['SELECT big + $1 AS n FROM orders', [], [int8], ['n: Int64']],
    ['SELECT rate * $1 AS n FROM orders', [], [numeric], ['n: Float64']],
    ['SELECT price + $1 AS n FROM orders', [], [numeric], ['n: Decimal[38e+18]']],
    ['SELECT name || $1 AS n FROM orders', [], [text], ['n: Utf8']],
    ['SELECT made + $1 AS n FROM orders', [], [interval], ['n: Timestamp<MICROSECOND>']],
    ["SELECT date_trunc('day', $1) AS n", [], [timestamp], ['n: Timestamp<MICROSECOND>']],
    ['SELECT id FROM orders WHERE made BETWEEN $1 AND $2 + INTERVAL 1 DAY', [], [timestamp, timestamp], ['id: Int32']],
    ['SELECT id FROM orders WHERE name = ANY($1)', [], [_text], ['id: Int32']],
    ['SELECT id FROM orders WHERE id = ANY($1)', [], [_int8], ['id: Int32']],
    ['SELECT CASE WHEN $1 THEN 1 END AS n', [], [bool], ['n: Int32']],
    ['SELECT * FROM generate_series(1, $1) t(n)', [], [int8], ['n: Int64']],
    ['SELECT $2::INTEGER AS a', [], [text, int4], ['a: Int32']],
    ['SELECT round(price, $1) AS n FROM orders', [], [int4], ['n: Decimal[10e+1]']],
    ['SELECT $1::INTEGER + big AS n FROM orders', [], [int4], ['n: Int64']],
    [
      'SELECT CAST($1 AS timestamp with time zone) AS a, $2',
      [],
      [timestamptz, text],
      ['a: Timestamp<MICROSECOND, UTC>', '$2: Utf8'],
    ],
    ["SELECT '$1' AS a", [], [], ['a: Utf8']],
  ])('%s, declared as %j', async (sql, types, parameterTypes, columns) => {
    expect(await described(sql, types)).toEqual({ parameterTypes, columns });
  });
});

test('what is described is what comes, with the described types declared', async () => {
  const sql = 'SELECT $1, id + $2 AS a, big + $2 AS b, price * $3 AS c FROM orders';
  const { parameterTypes, columns } = await described(sql);
  const args = parameterTypes.map((oid) => (oid === typeOid.int4 ? 1 : oid === typeOid.int8 ? 1n : '1.5'));
  const answer = await client.query(sql, { args, types: parameterTypes });
  const types = (fields: readonly string[]) => fields.map((field) => field.replace(/\[.*/, ''));
  expect(types(answer.schema?.fields.map(String) ?? [])).toEqual(types(columns ?? []));
  await answer.batches?.return?.();
});

test('columns that depend on the value of a parameter cannot be described: 42P18', async () => {
  await expect(described('SELECT * FROM read_csv($1)')).rejects.toMatchObject({ sqlstate: '42P18' });
});

test('a statement that is wrong is told so', async () => {
  await expect(described('SELECT nothing FROM orders')).rejects.toMatchObject({ sqlstate: '42703' });
});
