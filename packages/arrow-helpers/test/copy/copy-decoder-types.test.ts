import { allTypes, buildData } from '@riffq/all-types';
import { Field, Null, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { CopyDecoder } from '../../src/copy/copy-decoder.js';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { makeRecordBatch } from '../../src/record-batch.js';
import { decodeBatches } from './copy-in.js';
import { encodeCopy } from './encode-copy.js';

const formats: readonly (readonly RawCopyOption[])[] = [
  [],
  [{ name: 'format', value: 'csv' }],
  [{ name: 'format', value: 'binary' }],
];

describe('what the encoder writes is read back to the same column', () => {
  test.each(allTypes.map((row) => [String(row.type), row] as const))('%s', (_, { type, metadata, values }) => {
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

  test('a column of the type Null takes NULL alone', () => {
    const schema = new Schema([new Field('none', new Null(), true), new Field('b', new Utf8(), true)]);
    const { batches, error } = decodeBatches(schema, [], [Buffer.from('\\N\tx\n\\N\ty\nz\tz\n')], 2);
    expect(batches.map((batch) => batch.toArray().map(String))).toEqual([
      ['{"none": null, "b": "x"}', '{"none": null, "b": "y"}'],
    ]);
    expect(error).toEqual({
      sqlstate: '22P02',
      message: '"z" in a column of the Arrow type Null',
      where: 'COPY t, line 3, column none: "z"',
    });
  });
});

describe('strings that are declared as another type', () => {
  const declared = (type: string) => new Schema([new Field('a', new Utf8(), true, new Map([['PG:type', type]]))]);
  const options = (format: string) => resolveCopyOptions([{ name: 'format', value: format }], 'from');
  const uuid = '8a4b1f2e-0c3d-4e5f-8a9b-0c1d2e3f4a5b';

  test.each([
    ['uuid', [uuid], 'x', 'invalid input syntax for type uuid: "x"'],
    ['int4', ['1', '-20', '0'], '1.5', 'invalid input syntax for type integer: "1.5"'],
    ['numeric', ['1', '-20.50'], 'one', 'invalid input syntax for type numeric: "one"'],
    ['bool', ['t', 'f'], 'maybe', 'invalid input syntax for type boolean: "maybe"'],
  ])('%s: %j are values of it, %s is not', (type, good, bad, message) => {
    const lines = [...good, bad, ...good].map((text) => `${text}\n`).join('');
    const { error } = decodeBatches(declared(type), [], [Buffer.from(lines)]);
    const where = `COPY t, line ${good.length + 1}, column a: "${bad}"`;
    expect(error).toEqual({ sqlstate: '22P02', message, where });
    const { batches } = decodeBatches(declared(type), [{ name: 'on_error', value: 'ignore' }], [Buffer.from(lines)]);
    expect(batches.flatMap((batch) => batch.toArray().map(({ a }) => a))).toEqual([...good, ...good]);
  });

  test('are put into the form that PostgreSQL prints, from either format', () => {
    const valuesOf = (format: string, data: Buffer): unknown[] => {
      const decoder = new CopyDecoder(declared('uuid'), options(format), { table: 't' });
      return [...decoder.push(data), ...decoder.end()].flatMap((batch) => batch.toArray().map(({ a }) => a));
    };
    expect(valuesOf('text', Buffer.from(`${uuid.toUpperCase()}\n${uuid}\n`))).toEqual([uuid, uuid]);
    const start = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x10', 'latin1');
    const file = Buffer.concat([start, Buffer.from(uuid.replaceAll('-', ''), 'hex'), Buffer.from([0xff, 0xff])]);
    expect(valuesOf('binary', file)).toEqual([uuid]);
  });
});
