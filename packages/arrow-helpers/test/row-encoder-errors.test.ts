import { buildData, buildDictionary } from '@riffq/all-types';
import {
  BufferType,
  Data,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  DurationMillisecond,
  DurationSecond,
  Field,
  Int32,
  List,
  Schema,
  TimestampSecond,
  Utf8,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { RowEncoder } from '../src/row-encoder.js';
import { readDataRows } from './data-rows.js';
import { batchOf, encodeBinary, encodeText } from './encode-column.js';

describe('what cannot be sent', () => {
  test('is refused before a row is encoded, when the type has no encoder', () => {
    const decimal = new Decimal(2000, 38);
    for (const bad of [decimal, new Dictionary<DataType>(decimal, new Int32())]) {
      const schema = new Schema([new Field('id', new Int32()), new Field('tags', bad)]);
      expect(() => new RowEncoder(schema, ['text', 'text'])).toThrow(
        expect.objectContaining({
          sqlstate: '0A000',
          message: expect.stringContaining('column "tags" has the Arrow type'),
        }),
      );
    }
  });

  test('ends the result after the rows before it, naming column and row', () => {
    const days = Array.from({ length: 300 }, (_, row) => (row === 250 ? 2 ** 31 - 5 : row));
    const batch = batchOf({ id: buildData(new Int32(), days), day: buildData(new DateDay(), days) });
    const encoder = new RowEncoder(batch.schema, ['text', 'text']);
    encoder.setBatch(batch);
    const target = Buffer.alloc(100_000);
    const rows = readDataRows(target.subarray(0, encoder.encode(target, 0, 1000)));
    expect(rows).toHaveLength(250);
    expect(String(rows[249]?.[1])).toBe('1970-09-07');
    expect(() => encoder.encode(target, 0, 1000)).toThrow(
      expect.objectContaining({ sqlstate: '22008', message: 'date out of range in column "day", row 251' }),
    );
  });

  test.each([[[[1], [2, 3]]], [[[1], null]], [[[1], []]]])('is the list %j, which is no box as arrays are', (list) => {
    const lists = new List(new Field('item', new List(new Field('item', new Int32()))));
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(buildData(lists, [[[1]], null, list]))).toThrow(
        expect.objectContaining({
          sqlstate: '2202E',
          message: 'multidimensional arrays must have array expressions with matching dimensions in column "x", row 3',
          fields: expect.objectContaining({ hint: expect.stringContaining('json') }),
        }),
      );
    }
  });

  test.each([
    [new DurationSecond(), 9_223_372_036_855n],
    [new DurationSecond(), -(2n ** 63n)],
    [new DurationMillisecond(), 2n ** 63n - 1n],
  ])('is a duration of more microseconds than 64 bits hold: %s', (type, value) => {
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(buildData(type, [0n, value]))).toThrow(
        expect.objectContaining({ sqlstate: '22008', message: 'interval out of range in column "x", row 2' }),
      );
    }
  });

  test('is a date in a list, whose row is told', () => {
    const dates = buildData(new List(new Field('item', new DateDay())), [[0], [0, 2 ** 31 - 5]]);
    expect(() => encodeText(dates)).toThrow('date out of range in column "x", row 2');
  });

  test('in a dictionary harms only the rows that refer to it', () => {
    const data = buildDictionary(new TimestampSecond(), [0n, 2n ** 62n, 0n]);
    expect(encodeText(data.slice(0, 1))).toEqual(['1970-01-01 00:00:00']);
    expect(() => encodeText(data)).toThrow('timestamp out of range in column "x", row 2');
  });

  test('is an index that its dictionary does not have', () => {
    const good = buildDictionary(new Utf8(), [Buffer.from('a')]);
    const buffers = { [BufferType.DATA]: Int32Array.of(9), [BufferType.VALIDITY]: new Uint8Array(0) };
    const bad = new Data<DataType>(good.type, 0, 1, 0, buffers, [], good.dictionary);
    expect(() => encodeText(bad)).toThrow(
      expect.objectContaining({
        sqlstate: 'XX001',
        message: 'dictionary index 9 is out of range in column "x", row 1',
      }),
    );
  });

  test('is a dictionary column that has lost its dictionary', () => {
    const { type, values } = buildDictionary(new Utf8(), [Buffer.from('a')]);
    expect(() => encodeText(new Data(type, 0, 1, 0, { [BufferType.DATA]: values }))).toThrow(
      'dictionary index 0 is out of range in column "x", row 1',
    );
  });

  test('is a row longer than a message can be', () => {
    const bytes = new Uint8Array(600 * 2 ** 20);
    const buffers = { [BufferType.OFFSET]: Int32Array.of(0, bytes.length), [BufferType.DATA]: bytes };
    const column = new Data<DataType>(new Utf8(), 0, 1, 0, { ...buffers, [BufferType.VALIDITY]: new Uint8Array(0) });
    const large = batchOf({ a: column, b: column });
    const encoder = new RowEncoder(large.schema, ['text', 'text']);
    encoder.setBatch(large);
    expect(encoder.encode(Buffer.alloc(100), 0, 1)).toBe(0);
    expect(() => encoder.nextRowSize()).toThrow(
      expect.objectContaining({ sqlstate: '54000', message: 'row 1 is too large to be sent' }),
    );
  });

  test('is a result of more columns than a message counts', () => {
    const schema = new Schema(Array.from({ length: 32_768 }, (_, index) => new Field(`c${index}`, new Int32())));
    expect(() => new RowEncoder(schema, [])).toThrow(expect.objectContaining({ sqlstate: '54011' }));
  });
});
