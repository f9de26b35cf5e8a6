import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RawCopyOption } from '../../src/copy/options/copy-options.js';
import { type Columns, decodeBatches, schemaOf } from './copy-in.js';

const columns: Columns = { a: 'text', b: 'int4', c: 'timestamp', d: 'bytea', e: 'numeric(10,2)' };

const pieces = [
  ...['\t', ',', '\n', '\r', '\r\n', '"', '""', '\\', '\\.', '\\N', '\\x', '\\0', "'", 'é', '🐘', '\u0000', ' '],
  ...['1', '-12', '2024-02-29 12:30:00', '\\\\x00ff', '1.5', 'x', 'a\tb\tc\td\te', 'a,b,c,d,e'],
  ...['x\t1\t2024-02-29\t\\\\x01\t2.5\n', 'x,1,2024-02-29,\\x01,2.5\n', 'PGCOPY\n', '\u0005', '\u0001', '\u0004'],
].map((text) => Buffer.from(text, 'utf8'));

const header = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const row = Buffer.from('\0\x05\0\0\0\x01x\0\0\0\x04\0\0\0\x01\xff\xff\xff\xff\0\0\0\x01y\xff\xff\xff\xff', 'latin1');

const text = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...pieces) }, fc.uint8Array({ maxLength: 3 })), {
    maxLength: 30,
  })
  .map((parts) => Buffer.concat(parts));
const binary = fc
  .tuple(
    fc.boolean(),
    fc.array(fc.oneof(fc.constant(row), fc.constantFrom(...pieces), fc.uint8Array({ maxLength: 6 })), { maxLength: 8 }),
  )
  .map(([good, parts]) => Buffer.concat([good ? header : Buffer.alloc(0), ...parts]));

const optionLists: readonly (readonly RawCopyOption[])[] = [
  [],
  [{ name: 'header', value: 'match' }],
  [
    { name: 'on_error', value: 'ignore' },
    { name: 'default', value: 'x' },
  ],
  [{ name: 'format', value: 'csv' }],
  [
    { name: 'format', value: 'csv' },
    { name: 'escape', value: '\\' },
    { name: 'quote', value: "'" },
    { name: 'on_error', value: 'ignore' },
  ],
  [{ name: 'format', value: 'csv' }, { name: 'force_not_null', value: { columns: '*' } }, { name: 'header' }],
];

/** Cuts data at places that the numbers pick. */
function cut(data: Buffer, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (data.length + 1)).sort((a, b) => a - b), data.length];
  return sorted.slice(1).map((end, index) => data.subarray(sorted[index], end));
}

function outcome(options: readonly RawCopyOption[], chunks: readonly Uint8Array[]): unknown {
  const { batches, error } = decodeBatches(schemaOf(columns), options, chunks, 2);
  return { batches: batches.map((batch) => JSON.stringify(batch.toArray().map(String))), error };
}

const places = fc.array(fc.nat(10_000), { maxLength: 12 });

test('any text in any chunks ends in batches or a PgError, the same in every chunking', () => {
  fc.assert(
    fc.property(fc.constantFrom(...optionLists), text, places, (options, data, at) => {
      expect(outcome(options, cut(data, at))).toEqual(outcome(options, [data]));
    }),
    { numRuns: 3000, examples: [[[], Buffer.from('\\.\xc0\t', 'latin1'), [3]]] },
  );
});

test('any binary data in any chunks ends in batches or a PgError, the same in every chunking', () => {
  fc.assert(
    fc.property(binary, places, (data, at) => {
      const options: readonly RawCopyOption[] = [{ name: 'format', value: 'binary' }];
      expect(outcome(options, cut(data, at))).toEqual(outcome(options, [data]));
    }),
    { numRuns: 2000 },
  );
});

test('a line that arrives in very many chunks is looked at once', () => {
  const good = Array.from({ length: 200_000 }, () => Buffer.from('x'));
  const bad = [Buffer.from([0xff]), ...good, Buffer.from('\n')];
  expect(decodeBatches(schemaOf({ a: 'text' }), [], good).batches[0]?.numRows).toBe(1);
  expect(decodeBatches(schemaOf({ a: 'text' }), [], bad).error).toMatchObject({ sqlstate: '22021' });
});
