import type { RecordBatch } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { toArrow } from '../../src/to-arrow.js';
import { errorIn } from './error-in.js';

async function* overTime<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function sizes(batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>): Promise<number[]> {
  const found: number[] = [];
  for await (const batch of batches) found.push(batch.numRows);
  return found;
}

describe('plain objects', () => {
  test('become a table: keys are columns, values say the types', () => {
    const day = new Date(0);
    const table = toArrow([
      { id: 1, ratio: 1, name: 'a', on: true, at: day, raw: Uint8Array.of(1), list: [], none: null },
      { id: 2n, ratio: 0.5, more: 'x', list: [[1], [2.5]] },
    ]);
    expect(table.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id Int64',
      'ratio Float64',
      'name Utf8',
      'on Bool',
      'at Timestamp<MICROSECOND>',
      'raw Binary',
      'list List<List<Float64>>',
      'none Utf8',
      'more Utf8',
    ]);
    expect(table.getChild('id')?.toArray()).toEqual(BigInt64Array.of(1n, 2n));
    expect(table.getChild('more')?.toJSON()).toEqual([null, 'x']);
    expect(JSON.stringify(table.getChild('list'))).toBe('[[],[[1],[2.5]]]');
  });

  test('have arrays for typed arrays, but bytes for Uint8Arrays', () => {
    const table = toArrow([
      {
        a: Int16Array.of(1, -2),
        b: Float32Array.of(0.5, 2),
        c: BigInt64Array.of(2n ** 62n),
        d: [Int8Array.of(1)],
        e: 5,
      },
      { a: [3], b: [1], c: Uint32Array.of(), d: [new Float64Array(2)] },
    ]);
    expect(table.schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'a List<Int64>',
      'b List<Float64>',
      'c List<Int64>',
      'd List<List<Float64>>',
      'e Int64',
    ]);
    expect(JSON.stringify(table.getChild('b'))).toBe('[[0.5,2],[1]]');
    expect(JSON.stringify(table.getChild('d'))).toBe('[[[1]],[[0,0]]]');
    expect(errorIn(() => toArrow([{ a: BigUint64Array.of(2n ** 63n) }]))).toMatchObject({
      sqlstate: '22003',
      message: 'column "a" is of type int[] but row 1 has a bigint of more than 64 bits at [0]',
    });
  });

  test('may come from an iterable', () => {
    expect(toArrow(new Set([{ a: 1 }, { a: 2 }])).numRows).toBe(2);
  });

  test.each([
    [[{ a: 1 }, { a: 'x' }], '42804', 'column "a" is of type int by the rows before but row 2 has a string'],
    [
      [{ a: [1] }, { a: [['x']] }],
      '42804',
      'column "a" is of type int[] by the rows before but row 2 has an array of strings in 2 dimensions',
    ],
    [
      [{ a: new Date(0) }, { a: [] }],
      '42804',
      'column "a" is of type datetime by the rows before but row 2 has an array',
    ],
    [[{ a: [1, 'x'] }], '42804', 'row 1, column "a": an array has a string at [1] behind a whole number'],
    [[{ a: [[true], 0.5] }], '42804', 'row 1, column "a": an array has a number at [1] behind an array of booleans'],
    [[{ a: [[1], [2, 'x']] }], '42804', 'row 1, column "a": an array has a string at [1][1] behind a whole number'],
    [[{ a: 1 }, { a: [[], [{}]] }], '42804', 'row 2, column "a": an object at [1][0] has no column type of its own'],
    [[{ a: { b: 1 } }], '42804', 'row 1, column "a": an object has no column type of its own'],
    [[{ a: [new Map()] }], '42804', 'row 1, column "a": a Map at [0] has no column type of its own'],
    [[{ a: new DataView(new ArrayBuffer(1)) }], '42804', 'row 1, column "a": a DataView has no column type of its own'],
    [[{ a: () => 1 }], '42804', 'row 1, column "a": a function has no column type of its own'],
    [[{}, {}], '22023', 'there are no columns'],
    [[{ a: 1 }, [2]], '22023', 'row 2 is an array instead of an object'],
    [JSON.parse('[{ "a": 1 }, 5]'), '22023', 'row 2 is a number instead of an object'],
  ])('%j are refused', (objects, sqlstate, message) => {
    const error = errorIn(() => toArrow(objects));
    expect(error).toMatchObject({ sqlstate, message });
    expect(error.fields.hint).toMatch(/\.$/);
  });
});

test('the error for values that do not go together says how to choose a type', () => {
  expect(errorIn(() => toArrow([{ 'a "b"': 1 }, { 'a "b"': 'x' }])).fields.hint).toContain(
    `toArrow([{ name: "a \\"b\\"", type: 'text' }, ...], rows)`,
  );
  expect(errorIn(() => toArrow([{ a: { b: 1 } }])).fields.hint).toContain(`{ name: "a", type: 'jsonb' }`);
  const map = new Map([['k', 1]]);
  expect(errorIn(() => toArrow([{ a: map }])).fields.hint).toContain(`{ name: "a", type: 'jsonb' }`);
  expect(
    toArrow([{ name: 'a', type: 'jsonb' }], [[map]])
      .getChild('a')
      ?.get(0),
  ).toBe('{"k": 1}');
});

test('the hint about what jsonb does not take either is another', () => {
  expect(errorIn(() => toArrow([{ a: new Set([1]) }])).fields.hint).toContain('[...set]');
  expect(errorIn(() => toArrow([{ a: { b: () => 1 } }])).fields.hint).not.toContain('jsonb');
});

test('a bigint among floats is one of them if it loses nothing', async () => {
  expect(
    toArrow([{ a: 2n ** 60n }, { a: 0.5 }])
      .getChild('a')
      ?.toJSON(),
  ).toEqual([2 ** 60, 0.5]);
  const lost = {
    sqlstate: '22003',
    message: 'column "a" is of type float but row 2 has a bigint that a float cannot hold exactly',
  };
  const objects = [{ a: 0.5 }, { a: 9_007_199_254_740_993n }];
  const error = errorIn(() => toArrow(objects));
  expect(error).toMatchObject(lost);
  expect(error.fields.hint).toContain('numeric');
  const { batches } = await toArrow(objects.values(), { batchRows: 1 });
  await expect(sizes(batches)).rejects.toMatchObject(lost);
});

test('an array that holds itself has no column type', () => {
  const endless: unknown[] = [];
  endless.push(endless);
  expect(errorIn(() => toArrow([{ a: endless }]))).toMatchObject({
    sqlstate: '54000',
    message: 'row 1, column "a": an array has more than 6 dimensions',
  });
});

describe('plain objects that are not all at hand', () => {
  const objects = Array.from({ length: 5 }, (_, n) => (n === 1 ? { n, even: null } : { n, even: n % 2 === 0 }));

  test('come in batches, the first of which says the columns', async () => {
    for (const stream of [
      await toArrow(objects.values(), { batchRows: 2 }),
      await toArrow(overTime(objects), { batchRows: 2 }),
    ]) {
      expect(String(stream.schema)).toBe('Schema<{ 0: n: Int64, 1: even: Bool }>');
      expect(await sizes(stream.batches)).toEqual([2, 2, 1]);
    }
  });

  test('may not have new columns or other types later, and the error says where', async () => {
    const newKey = await toArrow(overTime([{ a: 1 }, { a: 2 }, { a: 3, b: 4 }]), { batchRows: 2 });
    await expect(sizes(newKey.batches)).rejects.toMatchObject({
      code: '42703',
      message: 'row 3 has the key "b", which the rows of the first batch do not have',
    });
    const otherType = await toArrow([{ a: 1 }, { a: 2 }, { a: 0.5 }].values(), { batchRows: 2 });
    await expect(sizes(otherType.batches)).rejects.toMatchObject({
      code: '42804',
      message: 'column "a" is of type int but row 3 has a number that is not whole',
    });
  });

  test('are closed when nobody reads on, even before the second batch', async () => {
    let closed = 0;
    function* source(): Generator<object> {
      try {
        yield* objects;
      } finally {
        closed += 1;
      }
    }
    const { batches } = await toArrow(source(), { batchRows: 2 });
    for await (const _ of batches) break;
    const unread = await toArrow(overTime(source()), { batchRows: 2 });
    if (!(Symbol.asyncIterator in unread.batches)) throw new Error('expected batches over time');
    await unread.batches[Symbol.asyncIterator]().return?.();
    expect(closed).toBe(2);
  });

  test('are closed when the first of them cannot be columns', async () => {
    let closed = 0;
    function* source(): Generator<object> {
      try {
        yield { a: Symbol('x') };
        yield { a: 1 };
      } finally {
        closed += 1;
      }
    }
    await expect(toArrow(source(), { batchRows: 1 })).rejects.toMatchObject({ code: '42804' });
    await expect(toArrow(overTime(source()), { batchRows: 1 })).rejects.toMatchObject({ code: '42804' });
    expect(closed).toBe(2);
  });
});
