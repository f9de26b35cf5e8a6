import {
  type DataType,
  DurationMicrosecond,
  Field,
  FixedSizeBinary,
  FixedSizeList,
  Int32,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  List,
  Schema,
  Utf8,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { decodeBatches } from './copy-in.js';
import { encodeCopy } from './encode-copy.js';

describe('what lists, bytes and intervals of a column cannot hold is refused, at its line and column', () => {
  const months = new IntervalYearMonth();
  const list = (type: DataType) => new List(new Field('item', type, true));
  const pair = new FixedSizeList(2, new Field('item', new Int32(), true));
  test.each([
    [months, '1 day', '22008', 'interval out of range: "1 day"'],
    [new IntervalDayTime(), '1 mon', '22008', 'interval out of range: "1 mon"'],
    [new IntervalMonthDayNano(), '2562048:00:00', '22008', 'interval out of range: "2562048:00:00"'],
    [new DurationMicrosecond(), 'infinity', '22008', 'interval out of range: "infinity"'],
    [new FixedSizeBinary(3), '\\\\x00', '22026', "bytea length 1 does not match the column's 3"],
    [list(new Int32()), '{{1}}', '2202E', 'wrong number of array dimensions'],
    [list(list(new Int32())), '{1}', '2202E', 'wrong number of array dimensions'],
    [list(list(new Int32())), '{NULL}', '2202E', 'wrong number of array dimensions'],
    [pair, '{1}', '2202E', "array length 1 does not match the column's 2"],
  ])('%s: %s', (type, text, sqlstate, message) => {
    const schema = new Schema([new Field('a', type, true)]);
    const { error } = decodeBatches(schema, [], [Buffer.from(`\\N\n${text}\n`)]);
    const where = `COPY t, line 2, column a: "${text.replaceAll('\\\\', '\\')}"`;
    expect(error).toEqual({ sqlstate, message, where });
  });

  test('in binary too', () => {
    const typed = (type: DataType) => new Schema([new Field('a', type, true)]);
    const field = Buffer.from('00000000000493e00000000100000000', 'hex');
    const header = Buffer.from('5047434f50590aff0d0a00000000000000000000010000001000', 'hex').subarray(0, 25);
    const { error } = decodeBatches(typed(months), [{ name: 'format', value: 'binary' }], [header, field]);
    expect(error).toEqual({ sqlstate: '22008', message: 'interval out of range', where: 'COPY t, line 1, column a' });
  });

  test('rows that ON_ERROR ignore leaves out leave nothing of their lists behind', () => {
    const schema = new Schema([
      new Field('a', list(new Utf8()), true),
      new Field('b', pair, true),
      new Field('c', new Int32(), true),
    ]);
    const options = [{ name: 'on_error', value: 'ignore' }];
    const lines = ['{a,NULL}\t{1,2}\t1', '{b,c,d}\t{3,NULL}\tx', '{e,f}\t{4,x}\t2', '\\N\t\\N\t3', '{g,h}\t{5,6}\t4'];
    const { batches, error } = decodeBatches(schema, options, [Buffer.from(`${lines.join('\n')}\n`)]);
    expect(error).toBeUndefined();
    expect(encodeCopy(batches, resolveCopyOptions([], 'to')).map(String)).toEqual(
      [lines[0], lines[3], lines[4]].map((line) => `${line}\n`),
    );
  });
});
