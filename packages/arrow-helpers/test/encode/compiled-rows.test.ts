import { allTypes, buildData, buildDictionary, fieldOf, type TypeCase } from '@riffq/all-types';
import type { Format } from '@riffq/wire';
import { DateDay, Field, Schema } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { makeRecordBatch } from '../../src/record-batch.js';
import { RowEncoder } from '../../src/row-encoder.js';
import { encodeBatches, readDataRows } from '../data-rows.js';

/** So many rows go before a loop is generated. */
const before = 10_000;
const rows = 300;
const groupSize = 20;

const groups = Array.from({ length: Math.ceil(allTypes.length / groupSize) }, (_, group) => ({
  group,
  cases: allTypes.slice(group * groupSize, (group + 1) * groupSize),
}));

/** The values one after another, and a NULL behind them if there may be one. */
function valuesOf({ values }: TypeCase, length: number, nullable: boolean): (TypeCase['values'][number] | null)[] {
  const all = nullable ? [...values, null] : values;
  return Array.from({ length }, (_, row) => all[row % all.length] ?? null);
}

describe.each(['as they are', 'without NULLs', 'in dictionaries'] as const)('columns %s', (form) => {
  test.each(groups)('of group $group come out of a long result as the table of types says', ({ cases }) => {
    const children = [before, rows].map((length) =>
      cases.map((typeCase, at) => {
        const raws = valuesOf(typeCase, length, form !== 'without NULLs').map((value) => value?.[0] ?? null);
        if (form === 'in dictionaries') return buildDictionary(typeCase.type, raws, { bitOffset: at % 8 });
        return buildData(typeCase.type, raws, at % 8);
      }),
    );
    const schema = new Schema(cases.map((typeCase, at) => fieldOf(typeCase, `c${at}`, children[0]?.[at]?.type)));
    const batches = children.map((data) => makeRecordBatch(schema, data[0]?.length ?? 0, data));
    for (const first of [0, 1]) {
      const formats = cases.map((_, at): Format => ((at + first) % 2 === 0 ? 'text' : 'binary'));
      const encoded = encodeBatches(schema, batches, formats).slice(before);
      const expected = cases.map((typeCase, at) =>
        valuesOf(typeCase, rows, form !== 'without NULLs').map((value) => {
          if (value === null) return null;
          return formats[at] === 'text' ? Buffer.from(value[1]).toString('hex') : value[2];
        }),
      );
      for (const [row, fields] of encoded.entries()) {
        expect(fields.map((field) => field?.toString('hex') ?? null)).toEqual(expected.map((column) => column[row]));
      }
    }
  });
});

test('a value that cannot be sent ends a long result at its row', () => {
  const schema = new Schema([new Field('day', new DateDay(), true)]);
  const days = Array.from({ length: 20_000 }, (_, row) => (row === 15_000 ? 2_145_042_906 : row));
  const encoder = new RowEncoder(schema, ['binary']);
  encoder.setBatch(makeRecordBatch(schema, days.length, [buildData(new DateDay(), days)]));
  const target = Buffer.alloc(16 * 1024);
  let sent = 0;
  const encodeAll = (): void => {
    while (encoder.remainingRows > 0)
      sent += readDataRows(target.subarray(0, encoder.encode(target, 0, 20_000))).length;
  };
  expect(encodeAll).toThrow('date out of range in column "day", row 15001');
  expect(sent).toBe(15_000);
});
