import { allTypes, buildData, buildDictionary } from '@riffq/all-types';
import { DataType, Int32, Utf8, Vector, vectorFromArray } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { arrowBatch } from '../src/arrow-batch.js';
import { encodeBatches } from './data-rows.js';

describe('arrowBatch', () => {
  test('makes one batch out of vectors and names', () => {
    const batch = arrowBatch(
      [vectorFromArray([1, 2], new Int32()), vectorFromArray(['a', null], new Utf8())],
      ['id', 'name'],
    );
    expect(String(batch.schema)).toBe('Schema<{ 0: id: Int32, 1: name: Utf8 }>');
    expect(batch.toArray().map(String)).toEqual(['{"id": 1, "name": "a"}', '{"id": 2, "name": null}']);
  });

  test('makes an empty batch out of nothing', () => {
    expect([arrowBatch([], []).numRows, arrowBatch([], []).numCols]).toEqual([0, 0]);
  });

  test.each(
    allTypes
      .filter(({ metadata, type }) => metadata === undefined && !DataType.isDictionary(type))
      .map((typeCase) => ({ ...typeCase, name: String(typeCase.type) })),
  )('joins chunks of $name, nulls and slices included', ({ type, values }) => {
    const raws = values.flatMap(([raw]) => [raw, null]);
    const texts = values.flatMap(([, text]) => [text, null]);
    const vector = new Vector([
      buildData(type, raws, 5),
      buildData(type, raws).slice(1, raws.length - 1),
      buildData(type, []),
    ]);
    const batch = arrowBatch([vector], ['x']);
    const rows = encodeBatches(batch.schema, [batch], ['text']);
    expect(rows.map(([field]) => field?.toString('utf8') ?? null)).toEqual([...texts, ...texts.slice(1)]);
  });

  test('joins chunks that share a dictionary, and refuses others', () => {
    const whole = buildDictionary(new Utf8(), [Buffer.from('a'), null, Buffer.from('b')]);
    const batch = arrowBatch([new Vector([whole.slice(0, 2), whole])], ['x']);
    const rows = encodeBatches(batch.schema, [batch], ['text']);
    expect(rows.map(([field]) => field?.toString() ?? null)).toEqual(['a', null, 'a', null, 'b']);
    const other = buildDictionary(new Utf8(), [Buffer.from('c')]);
    expect(() => arrowBatch([new Vector([whole, other])], ['x'])).toThrow(
      expect.objectContaining({ sqlstate: '0A000' }),
    );
  });

  test('refuses vectors of different lengths and missing names', () => {
    const [one, two] = [vectorFromArray([1], new Int32()), vectorFromArray([1, 2], new Int32())];
    expect(() => arrowBatch([one, two], ['a', 'b'])).toThrow('column "b" has 2 rows but column "a" has 1');
    expect(() => arrowBatch([one], [])).toThrow('arrowBatch got 1 vectors and 0 names');
  });
});
