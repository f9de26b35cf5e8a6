import { allTypes, buildData } from '@riffq/all-types';
import { DataType, Field, Null, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { CopyDecoder } from '../../src/copy/copy-decoder.js';
import type { RawCopyOption } from '../../src/copy/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/resolve-copy-options.js';
import { makeRecordBatch } from '../../src/record-batch.js';
import { decodeBatches } from './copy-in.js';
import { encodeCopy } from './encode-copy.js';

const formats: readonly (readonly RawCopyOption[])[] = [
  [],
  [{ name: 'format', value: 'csv' }],
  [{ name: 'format', value: 'binary' }],
];

/** The types that COPY data is read into: all but the one that has no values. */
const readable = allTypes.filter(({ type }) => !DataType.isNull(type));

describe('what the encoder writes is read back to the same column', () => {
  test.each(readable.map((row) => [String(row.type), row] as const))('%s', (_, { type, metadata, values }) => {
    const schema = new Schema([new Field('a', type, true, metadata && new Map(metadata))]);
    const raws = [...values.map(([raw]) => raw), null, ...values.map(([raw]) => raw)];
    const batch = makeRecordBatch(schema, raws.length, [buildData(type, raws)]);
    for (const options of formats) {
      const payloads = encodeCopy([batch], resolveCopyOptions(options, 'to'));
      const { batches, error } = decodeBatches(schema, options, payloads, 3);
      expect(error).toBeUndefined();
      expect(
        batches
          .map(({ numRows }) => numRows)
          .slice(0, -1)
          .every((rows) => rows === 3),
      ).toBe(true);
      expect(batches.every(({ schema: found }) => found.fields[0]?.type === type)).toBe(true);
      for (const format of formats) {
        const resolved = resolveCopyOptions(format, 'to');
        expect(encodeCopy(batches, resolved)).toEqual(encodeCopy([batch], resolved));
      }
    }
  });

  test('a type that PostgreSQL has not is refused, naming the column', () => {
    const schema = new Schema([new Field('none', new Null(), true)]);
    expect(() => new CopyDecoder(schema, resolveCopyOptions([], 'from'), { table: 't' })).toThrow(
      expect.objectContaining({
        sqlstate: '0A000',
        message: 'column "none" has the Arrow type Null, which COPY data is not read into',
      }),
    );
  });
});

describe('batches', () => {
  const schema = new Schema([new Field('a', new Utf8(), true)]);
  const options = resolveCopyOptions([], 'from');

  test('are cut at the number of rows and given as soon as they are full', () => {
    const decoder = new CopyDecoder(schema, options, { table: 't', batchRows: 2 });
    expect([...decoder.push(Buffer.from('a\nb\nc\nd\ne'))].map(({ numRows }) => numRows)).toEqual([2, 2]);
    expect([...decoder.push(Buffer.from('f\n'))]).toEqual([]);
    expect([...decoder.end()].map((batch) => batch.getChildAt(0)?.toArray())).toEqual([['ef']]);
  });

  test('are cut at 8 MiB too, so that long values do not pile up', () => {
    const decoder = new CopyDecoder(schema, options, { table: 't' });
    const line = Buffer.alloc(3 * 1024 * 1024, 'x');
    line[line.length - 1] = 0x0a;
    const sizes = Array.from({ length: 7 }, () => [...decoder.push(line)].map(({ numRows }) => numRows));
    expect(sizes).toEqual([[], [], [3], [], [], [3], []]);
    expect([...decoder.end()].map(({ numRows }) => numRows)).toEqual([1]);
  });

  test('do not change when more data comes', () => {
    const decoder = new CopyDecoder(schema, options, { table: 't', batchRows: 1 });
    const [first] = [...decoder.push(Buffer.from('one\n'))];
    expect([...decoder.push(Buffer.from('two\n'))]).toHaveLength(1);
    expect(first?.getChildAt(0)?.get(0)).toBe('one');
  });

  test.each([0, -1, 1.5, Number.NaN])('cannot have %d rows', (batchRows) => {
    expect(() => new CopyDecoder(schema, options, { table: 't', batchRows })).toThrow(
      expect.objectContaining({ sqlstate: '22023' }),
    );
  });

  test('count the rows that ON_ERROR ignore left out', () => {
    const ignore = resolveCopyOptions([{ name: 'on_error', value: 'ignore' }], 'from');
    const numbers = new Schema([new Field('a', allTypes[4]!.type, true)]);
    const decoder = new CopyDecoder(numbers, ignore, { table: 't' });
    expect([...decoder.push(Buffer.from('1\nx\n2\ny\n'))]).toEqual([]);
    const [batch] = [...decoder.end()];
    expect([...(batch?.getChildAt(0)?.toArray() ?? [])]).toEqual([1, 2]);
    expect(decoder.skippedRows).toBe(2);
  });
});
