import fc from 'fast-check';
import { test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int32 } from './wire-bytes.js';

function floats(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeDoubleBE(value, index * 8);
  return bytes;
}

const number = fc.constantFrom(0, -0, 1, -1, 0.1, 1e-7, -1e-7, 1e300, Number.NaN, Infinity, -Infinity, 123456789.125);

/** So many numbers, many times. */
function samples(count: number): readonly Buffer[] {
  const values = fc.array(number, { minLength: count, maxLength: count });
  return fc.sample(values, { seed: count, numRuns: 200 }).map((found) => floats(...found));
}

test.each([
  ['point', 2],
  ['lseg', 4],
  ['box', 4],
  ['line', 3],
  ['circle', 3],
] as const)('binary %s becomes the text that PostgreSQL writes', async (type, count) => {
  await expectSameBinding(type, samples(count));
});

test('binary paths and polygons become the text that PostgreSQL writes', async () => {
  const points = [1, 2, 3].flatMap((count) =>
    samples(count * 2)
      .slice(0, 20)
      .map((bytes) => ({ count, bytes })),
  );
  const polygons = points.map(({ count, bytes }) => Buffer.concat([int32(count), bytes]));
  const counts = [0, -1, 2 ** 31 - 1, 134_217_727, 134_217_724, 2].map((count) =>
    Buffer.concat([int32(count), floats(1, 2)]),
  );
  await expectSameBinding('polygon', [...polygons, ...counts]);
  await expectSameBinding(
    'path',
    [0, 1, 2].flatMap((closed) => [...polygons, ...counts].map((bytes) => Buffer.concat([Buffer.of(closed), bytes]))),
  );
});
