import type { RecordBatch } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { toArrow } from '../../src/to-arrow.js';

const schema = [{ name: 's', type: 'str' }];

async function collect(batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>): Promise<number[]> {
  const found: number[] = [];
  for await (const batch of batches) found.push(batch.numRows);
  return found;
}

async function* overTime<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

describe('batches', () => {
  test('end by their bytes, too', async () => {
    const rows = Array.from({ length: 10 }, () => ['x'.repeat(100)]);
    expect(await collect(toArrow(schema, rows, { batchBytes: 300 }).batches)).toEqual([3, 3, 3, 1]);
    expect(await collect(toArrow(schema, overTime(rows), { batchBytes: 1 }).batches)).toEqual(new Array(10).fill(1));
  });

  test('have 8192 rows or about 4 MiB when nothing is said', async () => {
    const many = Array.from({ length: 10_000 }, () => ['x']);
    expect(await collect(toArrow(schema, overTime(many)).batches)).toEqual([8192, 1808]);
    const long = Array.from({ length: 6 }, () => ['x'.repeat(2 ** 20)]);
    expect(await collect(toArrow(schema, long, {}).batches)).toEqual([4, 2]);
  });

  test('of rows at hand are made when they are asked for', () => {
    let asked = 0;
    function* endless(): Generator<[string]> {
      for (;;) yield [`${++asked}`];
    }
    const { batches } = toArrow(schema, endless(), { batchRows: 4 });
    expect(asked).toBe(0);
    if (!(Symbol.iterator in batches)) throw new Error('expected batches at hand');
    const [batch] = batches;
    expect([batch?.numRows, asked]).toEqual([4, 4]);
  });
});

describe('an abort', () => {
  test('ends batches with its reason, and closes the rows', async () => {
    const stop = new AbortController();
    let closed = false;
    async function* rows(): AsyncGenerator<[string]> {
      try {
        for (let row = 0; ; row += 1) {
          if (row === 10) stop.abort(new Error('enough'));
          yield [`${row}`];
        }
      } finally {
        closed = true;
      }
    }
    const { batches } = toArrow(schema, rows(), { batchRows: 4, signal: stop.signal });
    await expect(collect(batches)).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });

  test('waits for no source that hangs', async () => {
    const stop = new AbortController();
    const hanging = { next: () => new Promise<never>(() => {}), return: () => new Promise<never>(() => {}) };
    const rows = { [Symbol.asyncIterator]: () => hanging };
    const reading = collect(toArrow(schema, rows, { signal: stop.signal }).batches);
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });

  test('waits for no first object, either', async () => {
    const stop = new AbortController();
    const hanging = { next: () => new Promise<never>(() => {}) };
    const reading = toArrow({ [Symbol.asyncIterator]: () => hanging }, { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(reading).rejects.toThrow('enough');
  });

  test('ends rows that are at hand', () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const { batches } = toArrow(schema, [['x']], { signal });
    expect(() => (Symbol.iterator in batches ? [...batches] : [])).toThrow('enough');
  });

  test('leaves nothing at the signal', async () => {
    const stop = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = stop.signal;
    stop.signal.addEventListener = (...all: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(stop.signal, all);
    };
    stop.signal.removeEventListener = (...all: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(stop.signal, all);
    };
    await collect(toArrow(schema, overTime([['x'], ['y']]), { signal: stop.signal }).batches);
    expect(listeners).toBe(0);
  });
});
