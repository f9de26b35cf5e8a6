import fc from 'fast-check';
import { describe, test } from 'vitest';
import { expectSameBinding } from './same-as-oracle.js';
import { int32, int64 } from './wire-bytes.js';

const smallest32 = -(2 ** 31);
const largest32 = 2 ** 31 - 1;
const smallest64 = -(2n ** 63n);
const largest64 = 2n ** 63n - 1n;

const edge32 = fc.constantFrom(0, 0, 1, -1, 2, 11, 12, -12, 13, -13, 25, smallest32, largest32);
const edge64 = fc.constantFrom(0n, 0n, 1n, -1n, 1_000_000n, -60_000_000n, 3_600_000_000n, smallest64, largest64);
const interval = fc.tuple(
  fc.oneof(edge64, fc.bigInt({ min: smallest64, max: largest64 }), fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })),
  fc.oneof(edge32, fc.integer()),
  fc.oneof(edge32, fc.integer()),
);

describe('interval', () => {
  test('binary becomes the text that PostgreSQL writes, with signs where it puts them', async () => {
    const values = fc.sample(interval, { seed: 9, numRuns: 800 });
    await expectSameBinding(
      'interval',
      values.map(([microseconds, days, months]) => Buffer.concat([int64(microseconds), int32(days, months)])),
    );
  });

  test('infinities have names', async () => {
    const infinities = [
      Buffer.concat([int64(largest64), int32(largest32, largest32)]),
      Buffer.concat([int64(smallest64), int32(smallest32, smallest32)]),
      Buffer.concat([int64(smallest64), int32(smallest32, smallest32 + 1)]),
    ];
    await expectSameBinding('interval', infinities);
  });
});
