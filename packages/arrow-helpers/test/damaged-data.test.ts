import {
  Binary,
  BinaryView,
  BufferType,
  Data,
  DataType,
  Decimal,
  Dictionary,
  Field,
  FixedSizeList,
  Int32,
  Int64,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  makeData,
  Struct,
  Utf8,
  Utf8View,
  Vector,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBatches } from './data-rows.js';
import { batchOf, encodeBinary, encodeText, type Metadata } from './encode-column.js';

const noNulls = new Uint8Array(0);
const letters = Buffer.from('abcdefgh');
const eight = makeData({ type: new Int32(), data: new Int32Array(8) });
const entries = new Struct<{ key: Int32; value: Int32 }>([
  new Field('key', new Int32()),
  new Field('value', new Int32()),
]);
const pairs = makeData({ type: entries, length: 8, children: [eight, eight] });

/** The child that lists and maps of a type have. */
function childrenOf(type: DataType): Data[] {
  if (DataType.isMap(type)) return [pairs];
  return type.children?.length ? [eight] : [];
}

function offsetsData(type: DataType, offsets: readonly number[]): Data {
  const large = DataType.isLargeUtf8(type) || DataType.isLargeBinary(type) || DataType.isLargeList(type);
  const buffers = {
    [BufferType.OFFSET]: large ? BigInt64Array.from(offsets, BigInt) : Int32Array.from(offsets),
    [BufferType.DATA]: letters,
    [BufferType.VALIDITY]: noNulls,
  };
  return new Data(type, 0, offsets.length - 1, 0, buffers, childrenOf(type));
}

const item = new Field('item', new Int32());
const types: readonly (readonly [string, DataType])[] = [
  ...[new Utf8(), new LargeUtf8(), new Binary(), new LargeBinary(), new List(item), new LargeList(item)],
  new Map_(new Field('entries', entries)),
].map((type) => [`${type}`, type]);

const bad = [
  ['fall', [0, 5, 2, 8], 2],
  ['begin before the values', [-1, 2, 4, 8], 1],
  ['end behind the values', [0, 2, 4, 9], 3],
  ['go far away', [0, 2, 2 ** 30, 2 ** 30 + 1], 2],
] as const;

function expectDamage(data: Data, message: string, metadata?: Metadata): void {
  for (const encode of [encodeText, encodeBinary]) {
    expect(() => encode(data, metadata)).toThrow(expect.objectContaining({ sqlstate: 'XX001', message }));
  }
}

describe.each(types)('offsets of %s', (_, type) => {
  test.each(bad)('that %s are an error of their column and row, whatever is sent', (_, offsets, row) => {
    const data = offsetsData(type, offsets);
    expectDamage(data, `damaged Arrow data in column "x", row ${row}`);
    expectDamage(data, `damaged Arrow data in column "x", row ${row}`, new Map([['PG:type', 'json']]));
    if (type.children?.length) return;
    for (const declared of ['text', 'jsonb', 'name']) {
      expectDamage(data, `damaged Arrow data in column "x", row ${row}`, new Map([['PG:type', declared]]));
    }
  });

  test.each(bad)('that %s, within lists, structs and dictionaries, are an error of their column', (_, offsets) => {
    const inner = offsetsData(type, offsets);
    const list = new Data(
      new List(new Field('item', type)),
      0,
      1,
      0,
      {
        [BufferType.OFFSET]: Int32Array.of(0, 3),
        [BufferType.VALIDITY]: noNulls,
      },
      [inner],
    );
    const struct = makeData({ type: new Struct([new Field('m', type)]), length: 3, children: [inner] });
    const dictionary = makeData({
      type: new Dictionary(type, new Int32()),
      data: Int32Array.of(2, 1, 0),
      dictionary: batchOf({ d: inner }).getChildAt(0)!,
    });
    for (const data of [list, struct, dictionary]) expectDamage(data, 'damaged Arrow data in column "x"');
  });

  test('in a batch behind others are an error of the row of the result', () => {
    const good = batchOf({ x: offsetsData(type, [0, 2, 2, 8]) });
    const damaged = batchOf({ x: offsetsData(type, [0, 5, 2, 8]) });
    expect(() => encodeBatches(good.schema, [good, damaged], ['text'])).toThrow(
      expect.objectContaining({ message: 'damaged Arrow data in column "x", row 5' }),
    );
    expect(encodeBatches(good.schema, [good], ['text'])).toHaveLength(3);
  });
});

describe.each([new Utf8View(), new BinaryView()].map((type) => [`${type}`, type] as const))(
  'views of %s',
  (_, type) => {
    const cases: readonly (readonly [number, number, number])[] = [
      [-1, 0, 0],
      [13, 1, 0],
      [13, -1, 0],
      [13, 0, -1],
      [13, 0, 8],
      [2 ** 31 - 1, 0, 0],
    ];
    test.each(cases)('of length %d, buffer %d and offset %d are an error of their row', (length, buffer, offset) => {
      const views = Buffer.alloc(32);
      views.writeInt32LE(length, 16);
      views.writeInt32LE(buffer, 24);
      views.writeInt32LE(offset, 28);
      const buffers = { [BufferType.DATA]: new Uint8Array(views), [BufferType.VALIDITY]: noNulls };
      const data = new Data<DataType>(type, 0, 2, 0, buffers, [], undefined, [Buffer.alloc(16, 0x61)]);
      expectDamage(data, 'damaged Arrow data in column "x", row 2');
    });
  },
);

describe('buffers that are shorter than their rows are damage, too', () => {
  const shorter = (type: DataType, buffers: object, children: Data[] = [], length = 5) =>
    new Data(type, 0, length, 0, { [BufferType.VALIDITY]: noNulls, ...buffers }, children);
  const values = (array: ArrayBufferView) => ({ [BufferType.DATA]: array });
  const offsets = { [BufferType.OFFSET]: Int32Array.of(0, 0) };
  const short = shorter(new Int32(), values(new Int32Array(2)));

  test.each<[name: string, data: Data]>([
    ['integers', short],
    ['integers of 64 bits', shorter(new Int64(), values(new BigInt64Array(4)))],
    ['decimals', shorter(new Decimal(2, 20, 128), values(new Uint32Array(8)))],
    ['strings without offsets for them', shorter(new Utf8(), { ...values(letters), ...offsets })],
    ['views', shorter(new Utf8View(), values(new Uint8Array(16)))],
    ['lists without their child', shorter(new List(item), offsets, [], 1)],
    ['members of structs', shorter(new Struct([item]), {}, [short])],
    ['elements of lists', shorter(new List(item), { [BufferType.OFFSET]: Int32Array.of(0, 5) }, [short], 1)],
    ['elements of lists of one size', shorter(new FixedSizeList(5, item), {}, [short], 1)],
    [
      'entries of dictionaries',
      new Data<DataType>(
        new Dictionary(new Int32(), new Int32()),
        0,
        1,
        0,
        values(Int32Array.of(4)),
        [],
        new Vector([short]),
      ),
    ],
  ])('%s', (_, data) => {
    expectDamage(data, 'damaged Arrow data in column "x"');
  });

  test.each(['int4', 'jsonb', 'varchar(1)'])('strings that are declared %s', (declared) => {
    const strings = shorter(new Utf8(), { ...values(letters), ...offsets });
    expectDamage(strings, 'damaged Arrow data in column "x"', new Map([['PG:type', declared]]));
  });

  test('the column is named among others', () => {
    const batch = batchOf({ a: makeData({ type: new Int32(), data: new Int32Array(5) }), b: short });
    expect(() => encodeBatches(batch.schema, [batch], ['text', 'text'])).toThrow(
      expect.objectContaining({ sqlstate: 'XX001', message: 'damaged Arrow data in column "b"' }),
    );
  });
});

test.each([new TypeError('of the host'), new RangeError('of the host')])(
  'what a getter of the data throws, %o, is what it is: the data are not damaged',
  (error) => {
    const sound = makeData({ type: new Utf8(), length: 1, valueOffsets: Int32Array.of(0, 1), data: letters });
    const batch = batchOf({ x: sound });
    let reads = 0;
    Object.defineProperty(batch.data.children[0], 'valueOffsets', {
      get() {
        reads += 1;
        if (reads === 1) throw error;
        return Int32Array.of(0, 1);
      },
    });
    expect(() => encodeBatches(batch.schema, [batch], ['text'])).toThrow(error);
  },
);
