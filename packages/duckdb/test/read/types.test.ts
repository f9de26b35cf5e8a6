import { DataType } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  client = new TestClient(database);
});
afterAll(() => database.close());

const bytes = (text: string) => new TextEncoder().encode(text);

/** Expression in DuckDB's SQL, the Arrow type it goes out as, and the value as it is stored there. */
const table: readonly (readonly [expression: string, arrowType: string, value: unknown])[] = [
  ['true', 'Bool', true],
  ['(-128)::TINYINT', 'Int8', -128],
  ['(-32768)::SMALLINT', 'Int16', -32768],
  ['(-2147483648)::INTEGER', 'Int32', -2147483648],
  ['9223372036854775807::BIGINT', 'Int64', 9223372036854775807n],
  ['255::UTINYINT', 'Uint8', 255],
  ['65535::USMALLINT', 'Uint16', 65535],
  ['4294967295::UINTEGER', 'Uint32', 4294967295],
  ['18446744073709551615::UBIGINT', 'Uint64', 18446744073709551615n],
  ['170141183460469231731687303715884105727::HUGEINT', 'Decimal(39, 0, 128)', 2n ** 127n - 1n],
  ['(-170141183460469231731687303715884105728)::HUGEINT', 'Decimal(39, 0, 128)', -(2n ** 127n)],
  ['340282366920938463463374607431768211455::UHUGEINT', 'Decimal(39, 0, 256)', 2n ** 128n - 1n],
  ['1.5::FLOAT', 'Float32', 1.5],
  ['1e300::DOUBLE', 'Float64', 1e300],
  ["'-infinity'::DOUBLE", 'Float64', Number.NEGATIVE_INFINITY],
  ['(-999.9)::DECIMAL(4,1)', 'Decimal(4, 1, 128)', -9999n],
  ['99999.9999::DECIMAL(9,4)', 'Decimal(9, 4, 128)', 999999999n],
  ['(-999999999999.999999)::DECIMAL(18,6)', 'Decimal(18, 6, 128)', -999999999999999999n],
  ['4294967296::DECIMAL(18,0)', 'Decimal(18, 0, 128)', 4294967296n],
  ['(-1)::DECIMAL(38,10)', 'Decimal(38, 10, 128)', -10000000000n],
  ["'goose'", 'Utf8', 'goose'],
  ["''", 'Utf8', ''],
  ["'longer than twelve: 🦆🦆'", 'Utf8', 'longer than twelve: 🦆🦆'],
  ["'\\x00\\xFFa'::BLOB", 'Binary', Uint8Array.of(0, 255, 97)],
  ['\'{"a": [1]}\'::JSON', 'Utf8', '{"a": [1]}'],
  ["DATE '1992-03-27'", 'Date32<DAY>', 8121],
  ["DATE 'infinity'", 'Date32<DAY>', 2147483647],
  ["TIME '24:00:00'", 'Time64<MICROSECOND>', 86400000000n],
  ["TIME_NS '00:00:00.000000001'", 'Time64<NANOSECOND>', 1n],
  ["TIMESTAMP_S '1970-01-01 00:00:01'", 'Timestamp<SECOND>', 1n],
  ["TIMESTAMP_MS '1970-01-01 00:00:00.001'", 'Timestamp<MILLISECOND>', 1n],
  ["TIMESTAMP '1969-12-31 23:59:59.999999'", 'Timestamp<MICROSECOND>', -1n],
  ["TIMESTAMP_NS '1970-01-01 00:00:00.000000001'", 'Timestamp<NANOSECOND>', 1n],
  ["TIMESTAMPTZ '1970-01-01 01:00:00+01'", 'Timestamp<MICROSECOND, UTC>', 0n],
  ["'8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'::UUID", 'Utf8', '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b'],
  ["'00000000-0000-0000-0000-000000000001'::UUID", 'Utf8', '00000000-0000-0000-0000-000000000001'],
  ["INTERVAL '14 months -3 days 04:05:06.7'", 'Utf8', '1 year 2 mons -3 days +04:05:06.7'],
  ["'10:00:00.5+05:30'::TIMETZ", 'Utf8', '10:00:00.5+05:30'],
  ["'00101'::BIT", 'Utf8', '00101'],
  ["'happy'::ENUM ('sad', 'happy')", 'Utf8', 'happy'],
  ["'123456789012345678901234567890123456789012'::BIGNUM", 'Utf8', '123456789012345678901234567890123456789012'],
  [
    "'POINT (1 2)'::GEOMETRY",
    'Binary',
    Uint8Array.from([1, 1, 0, 0, 0, ...new Uint8Array(Float64Array.of(1, 2).buffer)]),
  ],
  ["['a', NULL, 'b\"c']", 'List<Utf8>', ['a', null, 'b"c']],
  ['[1, 2]::INTEGER[2]', 'List<Int32>', [1, 2]],
  ['[[1], NULL, [2, 3], []]', 'List<List<Int32>>', [[1], null, [2, 3], []]],
  ["[{'a': 1}]", 'Utf8', '[{"a":1}]'],
  ["{'a': 1.50, 'b': {'c': DATE '2024-01-02'}}", 'Utf8', '{"a":1.50,"b":{"c":"2024-01-02"}}'],
  ["MAP {'a': 1, 'b': NULL}", 'Utf8', '{"a":1,"b":null}'],
  ['union_value(n := 1)', 'Utf8', '{"n":1}'],
  ["{'a': [1, 2], 'b': 'x'}::VARIANT", 'Utf8', '{"a":[1,2],"b":"x"}'],
];

function show(type: DataType | undefined): string {
  return DataType.isDecimal(type) ? `Decimal(${type.precision}, ${type.scale}, ${type.bitWidth})` : String(type);
}

describe('a value of every type', () => {
  test.each(table)('%s goes out as %s', async (expression, arrowType, value) => {
    const answer = await client.query(`SELECT ${expression} AS value`);
    expect(show(answer.schema?.fields[0]?.type)).toBe(arrowType);
    expect(await client.rows(`SELECT ${expression} AS value`)).toEqual([[value]]);
  });

  test.each(table)('%s is NULL where it is NULL, and itself beside it', async (expression, _arrowType, value) => {
    const values = `SELECT k, ${expression} AS value FROM range(20) s(k) WHERE k % 3 <> 0`;
    const rows = await client.rows(`SELECT value FROM range(20) t(i) LEFT JOIN (${values}) ON i = k ORDER BY i`);
    expect(rows.flat()).toEqual(Array.from({ length: 20 }, (_, row) => (row % 3 === 0 ? null : value)));
  });

  test.each(table)('%s as a constant of 5000 rows is itself in each', async (expression, _arrowType, value) => {
    const rows = await client.rows(`SELECT ${expression} FROM range(5000)`);
    expect(rows).toHaveLength(5000);
    for (const row of [0, 1, 2047, 2048, 4999]) expect(rows[row]).toEqual([value]);
  });

  test.each(table)('%s that is NULL in every row is NULL', async (expression) => {
    const values = `SELECT k, ${expression} AS value FROM range(9) s(k) WHERE hash(k) = 1`;
    const rows = await client.rows(`SELECT value FROM range(3000) t(i) LEFT JOIN (${values}) ON i = k`);
    expect(rows).toHaveLength(3000);
    expect(new Set(rows.flat())).toEqual(new Set([null]));
  });
});

test("DuckDB's own table of types has an answer for every one", async () => {
  const rows = await client.rows('SELECT * FROM test_all_types()');
  expect(rows).toHaveLength(3);
  expect(new Set(rows[2])).toEqual(new Set([null]));
  expect(rows.slice(0, 2).flat()).not.toContain(null);
});

test('enums of 8, 16 and 32 bits are their labels', async () => {
  const rows = await client.rows('SELECT small_enum, medium_enum, large_enum FROM test_all_types() LIMIT 2');
  expect(rows).toEqual([
    ['DUCK_DUCK_ENUM', 'enum_0', 'enum_0'],
    ['GOOSE', 'enum_299', 'enum_69999'],
  ]);
});

test('values that DuckDB keeps as a dictionary are right in every row', async () => {
  await database.run("CREATE TABLE names AS SELECT i AS id, 'a name that is long: ' || i AS name FROM range(10) t(i)");
  const rows = await client.rows('SELECT i, name FROM range(10000) t(i) JOIN names ON id = i % 10 ORDER BY i');
  expect(rows).toEqual(Array.from({ length: 10000 }, (_, i) => [BigInt(i), `a name that is long: ${i % 10}`]));
});

test('columns of one name stay apart', async () => {
  const answer = await client.query("SELECT 1 AS a, 'x' AS a");
  expect(answer.schema?.fields.map(String)).toEqual(['a: Int32', 'a: Utf8']);
  expect(await client.rows("SELECT 1 AS a, 'x' AS a")).toEqual([[1, 'x']]);
});

test('a batch keeps its values when DuckDB has gone on and closed', async () => {
  const own = await DuckDBDatabase.open(':memory:');
  const sql = "SELECT i, 'a string that is not inline: ' || i FROM range(10000) t(i) ORDER BY i";
  const batches = await new TestClient(own).batches(sql);
  await own.close();
  const texts = batches.flatMap((batch) => Array.from(batch.getChildAt(1) ?? []));
  expect(texts).toEqual(Array.from({ length: 10000 }, (_, i) => `a string that is not inline: ${i}`));
  expect(bytes(String(texts[9999]))).toHaveLength(33);
});
