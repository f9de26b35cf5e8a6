import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ParameterOracle } from './parameter-oracle.js';
import { readParameter } from './read-parameter.js';
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

/** Its own text of the least time PostgreSQL does not read, so that it is compared as it is. */
async function expectSameText(values: readonly Buffer[]): Promise<void> {
  await using oracle = await ParameterOracle.connect();
  for (const value of values) {
    expect([value.toString('hex'), readParameter('interval', value)]).toEqual([
      value.toString('hex'),
      await oracle.bind('interval', value),
    ]);
  }
}

describe('interval', () => {
  test('binary becomes the text that PostgreSQL writes, with signs where it puts them', async () => {
    const values = fc.sample(interval, { seed: 9, numRuns: 800 });
    await expectSameText(
      values.map(([microseconds, days, months]) => Buffer.concat([int64(microseconds), int32(days, months)])),
    );
  });

  test('infinities have names', async () => {
    const infinities = [
      Buffer.concat([int64(largest64), int32(largest32, largest32)]),
      Buffer.concat([int64(smallest64), int32(smallest32, smallest32)]),
      Buffer.concat([int64(smallest64), int32(smallest32, smallest32 + 1)]),
    ];
    await expectSameText(infinities);
  });
});
