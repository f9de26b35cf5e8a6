import { buildData } from '@riffq/all-types';
import { Binary, type Data, DateDay, Field, Int32, Schema, Utf8 } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { makeRecordBatch } from '../../src/record-batch.js';
import { RowEncoder } from '../../src/row-encoder.js';
import { encodeBatches, readDataRows } from '../data-rows.js';
import { batchOf } from '../encode-column.js';

const schema = new Schema([
  new Field('number', new Int32()),
  new Field('text', new Utf8()),
  new Field('bytes', new Binary()),
]);

function randomText(most: number, row: number): string {
  return `${row}:`.padEnd(Math.floor(Math.random() * most), 'añ日');
}

describe('long texts', () => {
  test.each([500, 3000, 70_000, 262_144])(
    'come whole through a buffer of %d bytes, whatever else a row has',
    (bufferBytes) => {
      const lengths = [10, 200, 2000, 200];
      const texts = lengths.map((most) =>
        Array.from({ length: 300 }, (_, row) => (row % 7 === 3 ? null : randomText(most, row))),
      );
      const batches = texts.map((values) => {
        const numbers = buildData(
          new Int32(),
          values.map((_, row) => row),
        );
        const bytes = values.map((text) => (text === null ? null : Buffer.from(text)));
        const columns: Data[] = [numbers, buildData(new Utf8(), bytes), buildData(new Binary(), bytes.toReversed())];
        return makeRecordBatch(schema, values.length, columns).slice(5, 295);
      });
      const rows = encodeBatches(schema, batches, ['text', 'text', 'binary'], { bufferBytes });
      const expected = texts.flatMap((values) => {
        const reversed = values.toReversed();
        return values.map((text, row) => [String(row), text, reversed[row] ?? null]).slice(5, 295);
      });
      expect(rows.map((row) => row.map((field) => field?.toString() ?? null))).toEqual(expected);
    },
  );

  test('of the rows before a bad one are sent', () => {
    const texts = Array.from({ length: 100 }, (_, row) => Buffer.from(randomText(400, row)));
    const days = texts.map((_, row) => (row === 60 ? 2 ** 31 - 5 : row));
    const batch = batchOf({ text: buildData(new Utf8(), texts), day: buildData(new DateDay(), days) });
    const encoder = new RowEncoder(batch.schema, ['text', 'text']);
    encoder.setBatch(batch);
    const target = Buffer.alloc(200_000);
    const rows = readDataRows(target.subarray(0, encoder.encode(target, 0, 1000)));
    expect(rows.map(([text]) => String(text))).toEqual(texts.slice(0, 60).map(String));
    expect(() => encoder.encode(target, 0, 1000)).toThrow(expect.objectContaining({ sqlstate: '22008' }));
  });
});
