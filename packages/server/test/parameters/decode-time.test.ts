import fc from 'fast-check';
import { describe, test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int32, int64 } from './wire-bytes.js';

const day = 86_400_000_000n;
const times = [
  ...[0n, 1n, 10n, 999_999n, 1_000_000n, 3_600_000_000n, 3_599_999_999n, day - 1n, day],
  ...fc.sample(fc.bigInt({ min: 0n, max: day }), { seed: 7, numRuns: 200 }),
];

describe('times of day', () => {
  test('binary time becomes the text that PostgreSQL writes', async () => {
    const beyond = [-1n, day + 1n, 2n ** 63n - 1n, -(2n ** 63n)];
    await expectSameBinding(
      'time',
      [...times, ...beyond].map((time) => int64(time)),
    );
  });

  test('binary timetz becomes the text that PostgreSQL writes, with zones to the second', async () => {
    const zones = [0, 3600, -3600, -19_800, 12_345, -1, 1, 59, -60, 57_599, -57_599];
    const beyond = [57_600, -57_600, 2 ** 31 - 1, -(2 ** 31)];
    const values = [...zones, ...beyond].map((zone, index) => Buffer.concat([int64(times[index] ?? 0n), int32(zone)]));
    await expectSameBinding('timetz', [...values, int64(0n), int64(day + 1n, 0n), Buffer.alloc(13)]);
  });
});
