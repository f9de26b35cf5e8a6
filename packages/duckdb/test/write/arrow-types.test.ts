import {
  Binary,
  Bool,
  BufferType,
  Data,
  type DataType,
  DateDay,
  DateMillisecond,
  Decimal,
  Dictionary,
  Field,
  FixedSizeBinary,
  Float64,
  Int32,
  LargeBinary,
  LargeUtf8,
  makeData,
  Null,
  RecordBatch,
  Schema,
  Struct,
  Utf8,
  Vector,
} from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DuckDBDatabase } from '../../src/index.js';
import { TestClient } from '../open-client.js';
import { decimals, type Stored, typeCases } from './type-cases.js';

let database: DuckDBDatabase;
let client: TestClient;
beforeAll(async () => {
  database = await DuckDBDatabase.open(':memory:');
  client = new TestClient(database);
});
afterAll(() => database.close());

function column(type: DataType, stored: Stored, validity: Uint8Array | null): Data {
  const buffers = validity === null ? {} : { [BufferType.VALIDITY]: validity };
  const nullCount = validity === null ? 0 : 1;
  if (!isTexts(stored)) return new Data<DataType>(type, 0, 3, nullCount, { ...buffers, [BufferType.DATA]: stored });
  const offsets = [0];
  for (const text of stored) offsets.push((offsets.at(-1) ?? 0) + Buffer.byteLength(text));
  const large = type instanceof LargeUtf8 || type instanceof LargeBinary;
  return new Data<DataType>(type, 0, 3, nullCount, {
    ...buffers,
    [BufferType.OFFSET]: large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets),
    [BufferType.DATA]: new TextEncoder().encode(stored.join('')),
  });
}

function isTexts(stored: Stored): stored is readonly string[] {
  return Array.isArray(stored);
}

function batchOf(...children: readonly Data[]): RecordBatch {
  const schema = new Schema(children.map(({ type }, at) => new Field(`c${at}`, type, true)));
  const [first] = children;
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: first?.length ?? 0, nullCount: 0, children: [...children] }),
  );
}

function source(...batches: readonly [RecordBatch, ...RecordBatch[]]) {
  return { schema: batches[0].schema, batches };
}

/** Inserts batches of one column, and gives what stands in the table then as text. */
async function inserted(columnType: string, ...batches: readonly [RecordBatch, ...RecordBatch[]]): Promise<unknown[]> {
  await database.run(`CREATE OR REPLACE TABLE target (c0 ${columnType})`);
  await database.insert('target', source(...batches));
  return (await client.rows('SELECT CAST(c0 AS VARCHAR) FROM target')).flat();
}

describe('a column of every type', () => {
  test.each(typeCases)('%s %s goes into %s', async (type, stored, columnType, texts) => {
    expect(await inserted(columnType, batchOf(column(type, stored, null)))).toEqual(texts);
  });

  test.each(typeCases)(
    '%s %s has its NULLs in %s, and its slices',
    async (type, stored, columnType, [first, , last]) => {
      const data = column(type, stored, Uint8Array.of(0b101));
      const rows = await inserted(columnType, batchOf(data), batchOf(data.slice(1, 2)), batchOf(data.slice(2, 1)));
      expect(rows).toEqual([first, null, last, null, last, last]);
    },
  );

  test.each(typeCases)('%s %s in a dictionary goes into %s', async (type, stored, columnType, [first, , last]) => {
    const entries = column(type, stored, Uint8Array.of(0b101));
    const indices = { [BufferType.DATA]: Int32Array.of(1, 2, 0, 2, 4), [BufferType.VALIDITY]: Uint8Array.of(0b10111) };
    const dictionary = new Vector([entries.slice(0, 1), entries.slice(1, 1), entries]);
    const data = new Data<DataType>(new Dictionary(type, new Int32()), 0, 5, 1, indices, [], dictionary);
    const rows = await inserted(columnType, batchOf(data), batchOf(data.slice(2, 3)));
    expect(rows).toEqual([null, first, first, null, last, first, null, last]);
  });
});

test('a column of nothing but NULLs goes into any type', async () => {
  const nulls = batchOf(new Data(new Null(), 0, 2, 2, {}));
  for (const type of ['INTEGER', 'BLOB', 'VARCHAR[]', 'UUID'])
    expect(await inserted(type, nulls)).toEqual([null, null]);
});

test('well-known binary goes into GEOMETRY', async () => {
  const point = Uint8Array.from([1, 1, 0, 0, 0, ...new Uint8Array(Float64Array.of(1, 2).buffer)]);
  const data = new Data(new FixedSizeBinary(21), 0, 1, 0, { [BufferType.DATA]: point });
  expect(await inserted('GEOMETRY', batchOf(data))).toEqual(['POINT (1 2)']);
});

test('what lies under a NULL is not looked at', async () => {
  const data = new Data(new Utf8(), 0, 3, 1, {
    [BufferType.VALIDITY]: Uint8Array.of(0b101),
    [BufferType.OFFSET]: Int32Array.of(0, 13, 15, 28),
    [BufferType.DATA]: Buffer.concat([
      Buffer.from('thirteen byte'),
      Buffer.of(0xff, 0xc3),
      Buffer.from('another long.'),
    ]),
  });
  expect(await inserted('VARCHAR', batchOf(data))).toEqual(['thirteen byte', null, 'another long.']);
});

test.each([
  ['bytes that are none', [0, 2], [0xff, 0xfe]],
  ['half a character in each of two rows', [0, 1, 2], [0xc3, 0xa9]],
])('text that is not UTF-8 is refused: %s', async (_name, offsets, bytes) => {
  const data = new Data(new Utf8(), 0, offsets.length - 1, 0, {
    [BufferType.OFFSET]: Int32Array.from(offsets),
    [BufferType.DATA]: Uint8Array.from(bytes),
  });
  await expect(inserted('VARCHAR', batchOf(data))).rejects.toMatchObject({ sqlstate: '22021' });
});

test.each<readonly [DataType, Stored, string]>([
  [new Binary(), ['a', 'b', 'c'], 'VARCHAR'],
  [new Utf8(), ['a', 'b', 'c'], 'BLOB'],
  [new Int32(), Int32Array.of(1, 2, 3), 'DATE'],
  [new Int32(), Int32Array.of(1, 2, 3), 'BOOLEAN'],
  [new Bool(), Uint8Array.of(1), 'INTEGER'],
  [new DateDay(), Int32Array.of(1, 2, 3), 'TIME'],
  [new Float64(), Float64Array.of(1, 2, 3), 'INTEGER[]'],
])('%s %s into %s is refused with 42804', async (type, stored, columnType) => {
  await expect(inserted(columnType, batchOf(column(type, stored, null)))).rejects.toMatchObject({
    sqlstate: '42804',
    message: expect.stringContaining('column "c0" is of type'),
  });
});

test.each<readonly [DataType, Stored, string, string]>([
  [new Int32(), Int32Array.of(1, 2, 40000), 'SMALLINT', '22003'],
  [new Float64(), Float64Array.of(1, 2, Number.NaN), 'INTEGER', '22003'],
  [new Decimal(0, 38, 128), decimals(128, 1n, 2n, 12345n), 'DECIMAL(5,1)', '22003'],
  [new Utf8(), ['1', '2', 'x'], 'INTEGER', '22P02'],
  [new Utf8(), ['{}', '1', 'x'], 'JSON', '22P02'],
  [new Utf8(), ['sad', 'sad', 'x'], "ENUM ('sad')", '22P02'],
  [new Utf8(), ['[1]', '[]', '["x"]'], 'INTEGER[]', '22P02'],
  [new Utf8(), ['1970-01-01', '1970-01-01', 'x'], 'DATE', '22007'],
  [new DateMillisecond(), BigInt64Array.of(0n, 0n, 2n ** 62n), 'DATE', '22008'],
])('a value that %s %s cannot have in %s is %s', async (type, stored, columnType, sqlstate) => {
  await expect(inserted(columnType, batchOf(column(type, stored, null)))).rejects.toMatchObject({ sqlstate });
  expect(await client.rows('SELECT * FROM target')).toEqual([]);
});

test('a type that DuckDB has no counterpart of is refused by name', async () => {
  const dictionary = new Vector([makeData({ type: new Null(), length: 0 })]);
  const nothing = makeData({ type: new Dictionary(new Null(), new Int32()), length: 0, dictionary });
  await expect(inserted('VARCHAR', batchOf(nothing))).rejects.toMatchObject({
    sqlstate: '0A000',
    message: expect.stringContaining('"c0"'),
    fields: { hint: expect.stringContaining('PostgreSQL') },
  });
});
