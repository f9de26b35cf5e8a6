import { postgresTypes } from '@riffq/all-types';
import { DurationNanosecond, makeData } from 'apache-arrow';
import { expect, test } from 'vitest';
import { encodeText } from '../encode-column.js';
import { oracleMismatches } from '../mismatches.js';
import { askOracleText } from '../oracle.js';

/** Between two microseconds, on both sides of zero. */
const ties = Array.from({ length: 20_000 }, (_, index) => {
  const span = BigInt(Math.floor(Math.random() * 60_000_000)) * 1000n + 500n;
  return index % 2 === 0 ? span : -span;
});

function shown(nanoseconds: bigint): string {
  const span = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const second = String(span / 1_000_000_000n).padStart(2, '0');
  return `${nanoseconds < 0n ? '-' : ''}00:00:${second}.${String(span % 1_000_000_000n).padStart(9, '0')}`;
}

test('nanoseconds of durations are rounded as PostgreSQL rounds their digits', async () => {
  const data = makeData({ type: new DurationNanosecond(), data: BigInt64Array.from(ties) });
  const oracle = await askOracleText(postgresTypes.interval, ties.map(shown));
  expect(oracleMismatches(data, oracle)).toEqual([]);
});

test('the longest durations of nanoseconds lie within the range', () => {
  const ends = BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n), -(2n ** 32n), -(2n ** 32n) * 1000n);
  const data = makeData({ type: new DurationNanosecond(), data: ends });
  expect(encodeText(data)).toEqual([
    '2562047:47:16.854776',
    '-2562047:47:16.854776',
    '-00:00:04.294967',
    '-01:11:34.967296',
  ]);
});
