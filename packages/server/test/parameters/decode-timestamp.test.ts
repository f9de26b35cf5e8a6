import fc from 'fast-check';
import { describe, test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int64 } from './wire-bytes.js';

const first = -211_813_488_000_000_000n;
const last = 9_223_371_331_199_999_999n;
const yearOne = -63_082_281_600_000_000n;
const moments = [
  ...[0n, 1n, -1n, 1_000_000n, -1_000_000n, 86_399_999_999n, -86_400_000_000n, yearOne, yearOne - 1n, first, last],
  ...fc.sample(fc.bigInt({ min: first, max: last }), { seed: 8, numRuns: 200 }),
  ...fc.sample(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { seed: 8, numRuns: 300 }),
];
const infinities = [2n ** 63n - 1n, -(2n ** 63n)];
const beyond = [first - 1n, last + 1n, 2n ** 63n - 2n, -(2n ** 63n) + 1n];

describe('timestamps', () => {
  test.each(['timestamp', 'timestamptz'])(
    'binary %s becomes the ISO text that PostgreSQL writes in UTC',
    async (type) => {
      const values = [...moments, ...infinities, ...beyond].map((moment) => int64(moment));
      await expectSameBinding(type, [...values, Buffer.alloc(7), Buffer.alloc(9)]);
    },
  );
});
