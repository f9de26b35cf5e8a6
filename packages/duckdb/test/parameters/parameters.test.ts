import type { ParameterValue } from '@riffq/server';
import { typeOid } from '@riffq/wire';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  await database.run(`
    CREATE TABLE orders (id INTEGER, big BIGINT, price DECIMAL(10,2), name VARCHAR, day DATE, made TIMESTAMP, rate DOUBLE,
      key UUID, mood ENUM ('sad', 'happy'), tags VARCHAR[], data BLOB, paid BOOLEAN);
    INSERT INTO orders VALUES (1, 9007199254740993, 12.34, 'é🦆', '2024-01-02', '2024-01-02 03:04:05', 0.5,
      '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b', 'happy', ['a', 'b'], '\\xAA', true)`);
  client = new TestClient(database);
});
afterAll(() => database.close());

const count = (condition: string) => `SELECT count(*) FROM orders WHERE ${condition}`;

describe('a parameter that the client declared', () => {
  test.each<[string, number, ParameterValue]>([
    ['id = $1', typeOid.int4, 1],
    ['id = $1', typeOid.int2, 1],
    ['id = $1', typeOid.int8, 1n],
    ['id < $1', typeOid.numeric, '1.5'],
    ['big = $1', typeOid.int8, 9007199254740993n],
    ['big = $1', typeOid.numeric, '9007199254740993'],
    ['price > $1', typeOid.numeric, '12.339'],
    ['price < $1', typeOid.float8, 12.341],
    ['price < $1', typeOid.numeric, 'Infinity'],
    ['name = $1', typeOid.text, 'é🦆'],
    ['name = $1', typeOid.varchar, 'é🦆'],
    ['day = $1', typeOid.date, '2024-01-02'],
    ['day > $1', typeOid.date, '0044-03-15 BC'],
    ['day < $1', typeOid.date, 'infinity'],
    ['made = $1', typeOid.timestamp, '2024-01-02 03:04:05'],
    ['made < $1', typeOid.timestamptz, '2024-01-04 03:04:05.5+02'],
    ['made - $1 = day', typeOid.interval, '03:04:05'],
    ['day + $1 > made', typeOid.interval, '1 mon 2 days'],
    ['rate = $1', typeOid.float4, 0.5],
    ['key = $1', typeOid.uuid, '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
    ['mood = $1', typeOid.text, 'happy'],
    ['paid = $1', typeOid.bool, true],
    ['data = $1', typeOid.bytea, Uint8Array.of(0xaa)],
    ['id = ANY($1)', typeOid._int4, [1, null, 3]],
    ['id = ANY($1)', typeOid._int8, [1n]],
    ['day = ANY($1)', typeOid._date, ['2024-01-02']],
    ['name = ANY($1)', typeOid._text, ['x', 'é🦆']],
    ['tags = $1', typeOid._text, ['a', 'b']],
    ['length($1) = 3', typeOid.text, 'abc'],
    ["$1 ->> 'a' = 'x'", typeOid.json, '{"a": "x"}'],
  ])('%s with type %i', async (condition, oid, arg) => {
    expect(await client.rows(count(condition), { args: [arg], types: [oid] })).toEqual([[1n]]);
  });
});

describe('a parameter that nobody declared takes the type of its place', () => {
  test.each([
    ['id = $1', '1'],
    ['id + $1 = 3', '2'],
    ['big = $1', '9007199254740993'],
    ['big + $1 = 9007199254740994', '1'],
    ['price > $1', '12.339'],
    ['price * $1 > 13', '1.1'],
    ['rate + $1 = 0.75', '0.25'],
    ['name = $1', 'é🦆'],
    ["name || $1 = 'é🦆x'", 'x'],
    ['day = $1', '2024-01-02'],
    ['made BETWEEN $1 AND $1', '2024-01-02 03:04:05'],
    ['made BETWEEN $1 AND $1 + INTERVAL 1 DAY', '2024-01-02'],
    ['key = $1', '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
    ['mood = $1', 'happy'],
    ['paid = $1', 't'],
    ['data = $1', '\\xaa'],
    ['id = ANY($1)', '{1,2}'],
    ['name = ANY($1)', '{"é🦆",b}'],
    ['tags = $1', '{a,b}'],
    ['round(price, $1) = 12.3', '1'],
    ['$1 IS NOT NULL', 'x'],
  ])('%s with %s', async (condition, arg) => {
    expect(await client.rows(count(condition), { args: [arg] })).toEqual([[1n]]);
  });
});

test.each<[number, ParameterValue, string, unknown]>([
  [0, 'x', 'Utf8', 'x'],
  [typeOid.int4, 5, 'Int32', 5],
  [typeOid.int8, 5n, 'Int64', 5n],
  [typeOid.float8, 0.1, 'Float64', 0.1],
  [typeOid.bool, false, 'Bool', false],
  [typeOid.numeric, '-12.340', 'Decimal[5e+3]', -12340n],
  [typeOid.date, '1970-01-02', 'Date32<DAY>', 1],
  [typeOid.timestamptz, '1970-01-01 01:00:00+01', 'Timestamp<MICROSECOND, UTC>', 0n],
  [typeOid.uuid, '8A4B1F2E0C3D4E5F8A9B0C1D2E3F4A5B', 'Utf8', '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
  [typeOid.interval, '-1 days +02:03:00', 'Utf8', '-1 days +02:03:00'],
  [typeOid.bytea, Uint8Array.of(0, 1), 'Binary', Uint8Array.of(0, 1)],
  [typeOid._int4, [1, null], 'List<Int32>', [1, null]],
  [
    typeOid._int4,
    [
      [1, 2],
      [3, 4],
    ],
    'List<List<Int32>>',
    [
      [1, 2],
      [3, 4],
    ],
  ],
])('SELECT $1 of type %i gives the value back', async (oid, arg, arrowType, value) => {
  const options = { args: [arg], types: [oid] };
  const answer = await client.query('SELECT $1', options);
  expect(answer.schema?.fields.map((field) => [field.name, String(field.type)])).toEqual([['$1', arrowType]]);
  await answer.batches?.return?.();
  expect(await client.rows('SELECT $1', options)).toEqual([[value]]);
});

test.each([0, typeOid.int4, typeOid.date, typeOid.numeric, typeOid.text, typeOid._int4])(
  'NULL of type %i is NULL, and the column has its type',
  async (oid) => {
    const described = await client.describe('SELECT $1', [oid]);
    const answer = await client.query('SELECT $1', { args: [null], types: [oid] });
    expect(String(answer.schema)).toBe(String(described.schema));
    await answer.batches?.return?.();
    expect(await client.rows('SELECT $1', { args: [null], types: [oid] })).toEqual([[null]]);
  },
);

test('parameters may come in any order, more than once, and with gaps', async () => {
  expect(await client.rows('SELECT $3, $1, $3', { args: ['a', 'unused', 'c'] })).toEqual([['c', 'a', 'c']]);
});

test('what looks like a parameter in quotes and comments is none', async () => {
  const sql = `SELECT '$2', "$3", $$ $4 $$, $1 /* $5 */ -- $6
    FROM (SELECT 1 AS "$3")`;
  expect(await client.rows(sql, { args: ['x'] })).toEqual([['$2', 1, ' $4 ', 'x']]);
});

test('a write takes parameters and counts', async () => {
  const { tag } = await client.query('INSERT INTO orders (id, price, day) SELECT $1, $2, $3', {
    args: ['2', '1.239', '2024-02-03'],
  });
  expect(tag(0)).toBe('INSERT 0 1');
  expect(await client.rows('SELECT price, day FROM orders WHERE id = 2')).toEqual([[124n, 19756]]);
  await database.run('DELETE FROM orders WHERE id = 2');
});

describe('a value that is none of its type names the parameter', () => {
  test.each([
    ['id = $2', 'abc', '22P02', 'invalid input syntax for type integer: "abc"'],
    ['id = $2', '1.5', '22P02', 'invalid input syntax for type integer: "1.5"'],
    ['id = $2', '3000000000', '22003', 'value "3000000000" is out of range for type integer'],
    ['price = $2', 'abc', '22P02', 'invalid input syntax for type numeric: "abc"'],
    ['rate = $2', 'abc', '22P02', 'invalid input syntax for type double precision: "abc"'],
    ['rate = $2', '1e999', '22003', 'value "1e999" is out of range for type double precision'],
    ['paid = $2', 'maybe', '22P02', 'invalid input syntax for type boolean: "maybe"'],
    ['key = $2', 'abc', '22P02', 'invalid input syntax for type uuid: "abc"'],
    ['day = $2', '2024-13-45', '22007', 'invalid input syntax for type date: "2024-13-45"'],
    ['made = $2', 'abc', '22007', 'invalid input syntax for type timestamp without time zone: "abc"'],
    ['data = $2', '\\xZ', '22P02', 'invalid input syntax for type bytea: "\\xZ"'],
  ])('%s with %s', async (condition, arg, sqlstate, message) => {
    const sql = count(`$1 = 'x' AND ${condition}`);
    await expect(client.rows(sql, { args: ['x', arg] })).rejects.toMatchObject({
      sqlstate,
      message,
      fields: { where: 'parameter $2' },
    });
  });

  test('in an array, too', async () => {
    await expect(
      client.rows(count('day = ANY($1)'), { args: [['2024-01-02', 'abc']], types: [typeOid._date] }),
    ).rejects.toMatchObject({ sqlstate: '22P02', fields: { where: 'parameter $1' } });
  });
});

test.each([
  ['SELECT $1', ['a', 'b']],
  ['SELECT $2', ['a']],
  ['SELECT 1', ['a']],
])('%s with %j: the wrong number of parameters is 08P01', async (sql, args) => {
  await expect(client.rows(sql, { args, types: [] })).rejects.toMatchObject({ sqlstate: '08P01' });
});

test('a parameter in a statement of the simple protocol is 42P02', async () => {
  await expect(client.rows("SELECT '$2', $1")).rejects.toMatchObject({
    sqlstate: '42P02',
    message: 'there is no parameter $1',
    fields: { position: 14 },
  });
});

test('an error in a statement with parameters has its place in the text that the client sent', async () => {
  await expect(client.rows('SELECT $1, $3, nothing FROM orders', { args: ['a', 'b', 'c'] })).rejects.toMatchObject({
    sqlstate: '42703',
    fields: { position: 16 },
  });
});
