import { allTypes, buildData, buildDictionary, fieldOf } from '@riffq/all-types';
import { type Data, DataType, Schema } from 'apache-arrow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRecordBatch } from '../src/record-batch.js';
import { encodeBatches } from './data-rows.js';

/** A column: its type, whether it is a dictionary, its format, and in which slice of what its rows lie. */
const column = fc.record({
  // A dictionary of dictionaries in chunks would be several, which are not joined.
  typeCase: fc.constantFrom(...allTypes.filter(({ type }) => !DataType.isDictionary(type))),
  dictionary: fc.boolean(),
  format: fc.constantFrom('text' as const, 'binary' as const),
});

/** For every batch: how many rows, and for every cell a number that picks the value, 0 for NULL. */
const batch = fc.record({
  rows: fc.integer({ min: 0, max: 40 }),
  before: fc.integer({ min: 0, max: 17 }),
  after: fc.integer({ min: 0, max: 9 }),
  bitOffset: fc.integer({ min: 0, max: 7 }),
  chunkRows: fc.integer({ min: 1, max: 4 }),
  seed: fc.integer({ min: 0, max: 1_000_000 }),
});

/** Picks for a column: reproducible, and NULL in about a fifth. */
function picks(seed: number, count: number, values: number): number[] {
  let state = seed + 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor(state / 65_536) % 5 === 0 ? 0 : 1 + (Math.floor(state / 655_360) % values);
  });
}

test('any columns, in any slices, batches and buffers, come out as the table of types says', () => {
  fc.assert(
    fc.property(
      fc.array(column, { maxLength: 6 }),
      fc.array(batch, { minLength: 1, maxLength: 4 }),
      fc.record({ bufferBytes: fc.integer({ min: 0, max: 600 }), maxRows: fc.integer({ min: 1, max: 50 }) }),
      (columns, batches, limits) => {
        const expected: (string | null)[][] = [];
        const children = batches.map(({ rows, before, after, bitOffset, chunkRows, seed }) => {
          const rowsExpected: (string | null)[][] = Array.from({ length: rows }, () => []);
          const data = columns.map(({ typeCase: { type, values }, dictionary, format }, index): Data => {
            const chosen = picks(seed + index * 7919, before + rows + after, values.length).map(
              (pick) => values[pick - 1],
            );
            const raws = chosen.map((value) => value?.[0] ?? null);
            for (let row = 0; row < rows; row++) {
              const value = chosen[before + row];
              const bytes = format === 'text' ? Buffer.from(value?.[1] ?? '').toString('hex') : (value?.[2] ?? '');
              rowsExpected[row]!.push(value === undefined ? null : bytes);
            }
            const whole = dictionary
              ? buildDictionary(type, raws, { chunkRows, bitOffset })
              : buildData(type, raws, bitOffset);
            return whole.slice(before, rows);
          });
          expected.push(...rowsExpected);
          return { rows, data };
        });
        const schema = new Schema(
          columns.map((_, index) => fieldOf(columns[index]!.typeCase, `c${index}`, children[0]!.data[index]!.type)),
        );
        const found = encodeBatches(
          schema,
          children.map(({ rows, data }) => makeRecordBatch(schema, rows, data)),
          columns.map(({ format }) => format),
          limits,
        );
        expect(found.map((row) => row.map((field) => field?.toString('hex') ?? null))).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});
