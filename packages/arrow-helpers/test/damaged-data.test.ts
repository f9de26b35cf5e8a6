import {
  Binary,
  BinaryView,
  BufferType,
  Data,
  DataType,
  Dictionary,
  Field,
  Int32,
  LargeBinary,
  LargeList,
  LargeUtf8,
  List,
  Map_,
  makeData,
  Struct,
  Utf8,
  Utf8View,
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

test('buffers that are shorter than their rows are damage, too', () => {
  const short = new Data(new Int32(), 0, 5, 0, {
    [BufferType.DATA]: new Int32Array(2),
    [BufferType.VALIDITY]: noNulls,
  });
  expectDamage(short, 'damaged Arrow data');
  const missing = new Data(new List(item), 0, 1, 0, {
    [BufferType.OFFSET]: Int32Array.of(0, 0),
    [BufferType.VALIDITY]: noNulls,
  });
  expectDamage(missing, 'damaged Arrow data in column "x"');
});
