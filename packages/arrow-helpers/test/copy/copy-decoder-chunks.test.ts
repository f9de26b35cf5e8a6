import { isPgError } from '@riffq/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CopyDecoder } from '../../src/copy/copy-decoder.js';
import { resolveCopyOptions } from '../../src/copy/options/resolve-copy-options.js';
import { decodeBatches, schemaOf } from './copy-in.js';
import { encodeCopy } from './encode-copy.js';

const schema = schemaOf({ a: 'int4', b: 'text', c: 'numeric(10,2)' });
const rows = 1500;
const batchRows = 400;
const mark = 'here is what may be wrong';

/** Texts of many lengths, some of which have to be escaped or quoted. */
function textOf(row: number): string {
  if (row === 1234) return mark;
  if (row % 300 === 0) return 'é"\n\t\\'.repeat(row * 2);
  return row % 7 === 0 ? '🐘,x' : 'x'.repeat(row % 90);
}

/** More than a hundred kilobytes. */
const text = Array.from({ length: rows }, (_, row) => {
  const b = textOf(row).replaceAll(/[\\\n\t]/g, (character) => `\\${character}`);
  return `${row}\t${row % 11 === 0 ? '\\N' : b}\t${row}.25\n`;
}).join('');

/** The data in chunks of these sizes, again and again, with so many bytes behind each in memory. Once read, they are overwritten. */
function* cut(data: Buffer, sizes: readonly number[], behind: number): Generator<Uint8Array> {
  for (let at = 0, turn = 0; at < data.length; turn += 1) {
    const chunk = data.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
    const memory = new Uint8Array(chunk.length + behind).fill(0x31);
    memory.set(chunk);
    yield memory.subarray(0, chunk.length);
    memory.fill(0xff);
    at += chunk.length;
  }
}

const size = fc.oneof(
  fc.integer({ min: 20, max: 200 }),
  fc.integer({ min: 8000, max: 12_000 }),
  fc.integer({ min: 60_000, max: 90_000 }),
);
const sizes = fc.array(size, { minLength: 1, maxLength: 5 });
const behind = fc.constantFrom(0, 100, 5000);

describe.each(['text', 'csv', 'binary'])(
  '%s in chunks of any size, which are the caller’s again once read',
  (format) => {
    const options = [{ name: 'format', value: format }];
    const to = resolveCopyOptions(options, 'to');
    const data = Buffer.concat(encodeCopy(decodeBatches(schema, [], [Buffer.from(text)]).batches, to));

    test('is the same batches', () => {
      fc.assert(
        fc.property(sizes, behind, (cuts, room) => {
          const { batches, error } = decodeBatches(schema, options, cut(data, cuts, room), batchRows);
          expect(error).toBeUndefined();
          expect(batches.map(({ numRows }) => numRows)).toEqual([400, 400, 400, 300]);
          expect(Buffer.concat(encodeCopy(batches, to)).equals(data)).toBe(true);
        }),
        { numRuns: 20 },
      );
    });

    test('is refused at the same place', () => {
      const bad = Buffer.from(data);
      bad[data.indexOf(mark)] = 0xff;
      const { error } = decodeBatches(schema, options, [bad], batchRows);
      expect(error).toMatchObject({ sqlstate: '22021', where: expect.stringContaining('line ') });
      fc.assert(
        fc.property(sizes, behind, (cuts, room) => {
          expect(decodeBatches(schema, options, cut(bad, cuts, room), batchRows).error).toEqual(error);
        }),
        { numRuns: 10 },
      );
    });
  },
);

describe('a line is too long by its own length alone', () => {
  const lineBytes = 100_000;
  const outcome = (length: number, chunkBytes: number): unknown => {
    const data = Buffer.from(`${'x'.repeat(length - 1)}\n`.repeat(5));
    const decoder = new CopyDecoder(schemaOf({ a: 'text' }), resolveCopyOptions([], 'from'), { table: 't', lineBytes });
    let lines = 0;
    try {
      for (const chunk of cut(data, [chunkBytes], 0)) for (const { numRows } of decoder.push(chunk)) lines += numRows;
      for (const { numRows } of decoder.end()) lines += numRows;
      return lines;
    } catch (error) {
      return isPgError(error) ? [error.sqlstate, error.fields.where] : error;
    }
  };
  test.each([1000, 8192, 65_536, 90_000, 150_000, 1_000_000])('in chunks of %i bytes', (chunkBytes) => {
    expect(outcome(99_000, chunkBytes)).toBe(5);
    expect(outcome(lineBytes, chunkBytes)).toBe(5);
    expect(outcome(lineBytes + 1, chunkBytes)).toEqual(['54000', 'COPY t, line 1']);
  });
});

test('a row that begins in one chunk and fills the next one has none of the bytes that were there before', () => {
  const long = 'y'.repeat(36_998);
  const short = Array.from({ length: 20 }, () => Buffer.from('1\tx\t1.25\n'.repeat(400)));
  const chunks = [...short, `2\t${long.slice(0, 4998)}`, long.slice(4998), '\t2.25\n'].map((chunk) =>
    Buffer.from(chunk),
  );
  const { batches, error } = decodeBatches(schema, [], chunks);
  expect(error).toBeUndefined();
  expect(batches.reduce((sum, { numRows }) => sum + numRows, 0)).toBe(8001);
  expect(batches.at(-1)?.toArray().at(-1)?.b).toBe(long);
});
