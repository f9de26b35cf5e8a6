import { createHash } from 'node:crypto';
import {
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';

/** The table of the streaming benchmarks: int4, int8, float8 of 15 to 17 digits, 16 characters, timestamp. */
const fields = [
  new Field('a', new Int32(), false),
  new Field('b', new Int64(), false),
  new Field('c', new Float64(), false),
  new Field('d', new Utf8(), false),
  new Field('e', new TimestampMicrosecond(), false),
];
const type = new Struct(fields);
export const schema = new Schema(fields);
export const batchRows = 50_000;

const step = 1_234_567n;
const first = BigInt(Date.UTC(2020, 0, 1)) * 1000n;

/** Rows `from` to `from + count` of the table; the same number gives the same row, here and in PostgreSQL. */
export function syntheticBatch(from: number, count: number): RecordBatch {
  const a = new Int32Array(count);
  const b = new BigInt64Array(count);
  const c = new Float64Array(count);
  const d = new Uint8Array(count * 16);
  const offsets = new Int32Array(count + 1);
  const e = new BigInt64Array(count);
  for (let i = 0; i < count; i += 1) {
    const row = from + i;
    a[i] = row;
    b[i] = BigInt(row) * 7919n * 1_000_003n;
    c[i] = unitInterval(row) * 1e6 - 5e5;
    d.set(Buffer.from(createHash('md5').update(String(row)).digest('hex').slice(0, 16), 'latin1'), i * 16);
    offsets[i + 1] = (i + 1) * 16;
    e[i] = first + BigInt(row) * step;
  }
  const children = [
    makeData({ type: new Int32(), data: a }),
    makeData({ type: new Int64(), data: b }),
    makeData({ type: new Float64(), data: c }),
    makeData({ type: new Utf8(), data: d, valueOffsets: offsets, length: count }),
    makeData({ type: new TimestampMicrosecond(), data: e }),
  ];
  return new RecordBatch(schema, makeData({ type, length: count, children }));
}

/** A double in [0, 1) with all of its digits, by integer arithmetic that SQL has too. */
function unitInterval(row: number): number {
  return Number((BigInt(row) * 6_364_136_223_846_793_005n) & 0x1fffffffffffffn) / 2 ** 53;
}

/** The same table in PostgreSQL. */
export function createTableStatement(rows: number): string {
  return `CREATE TABLE synthetic AS
    SELECT i::int4 AS a,
           i::int8 * 7919 * 1000003 AS b,
           mod(i::numeric * 6364136223846793005, 9007199254740992)::float8 / 9007199254740992::float8 * 1e6 - 5e5 AS c,
           substr(md5(i::text), 1, 16)::varchar AS d,
           timestamp '2020-01-01' + i * interval '1234567 microseconds' AS e
    FROM generate_series(0, ${rows - 1}) AS i`;
}

/** The same table in DuckDB: as wide, not as equal, because only its own stream is judged there. */
export function duckdbTableStatement(rows: number): string {
  return `CREATE TABLE synthetic AS
    SELECT i::INTEGER AS a, i * 7919 * 1000003 AS b, sin(i) * 1e6 AS c, substr(md5(i::VARCHAR), 1, 16) AS d,
           make_timestamp(1577836800000000 + i * 1234567) AS e
    FROM range(${rows}) t(i)`;
}
