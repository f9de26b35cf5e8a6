import { postgresTypes } from '@riffq/all-types';
import {
  makeData,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
} from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBinary, encodeText } from '../encode-column.js';
import { oracleMismatches } from '../mismatches.js';
import { askOracle, askOracleText } from '../oracle.js';

const EPOCH_MICROSECONDS = 946_684_800_000_000n;
const FIRST = -210_866_803_200_000_000n;
/** What 64 bits of microseconds since 1970 can say: PostgreSQL goes 30 years further. */
const LAST = 2n ** 63n - 2n;

function binaryTimestamp(microseconds: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(microseconds - EPOCH_MICROSECONDS);
  return bytes;
}

function randomBetween(first: bigint, last: bigint): bigint {
  return first + (BigInt(Math.floor(Math.random() * 2 ** 53)) * (last - first)) / 2n ** 53n;
}

/** Random ones of the whole range and of our times, some without fraction, and the borders of what a double holds. */
const microseconds = [
  FIRST,
  FIRST + 1n,
  LAST,
  ...[2n ** 53n, -(2n ** 53n), 0n, EPOCH_MICROSECONDS].flatMap((value) => [value - 1n, value, value + 1n]),
  // The ends of days, after the day before and after another.
  ...[-400_000n, -1n, 0n, 1n, 18_000n].flatMap((day) =>
    [-1n, 0n, 1n, 86_399_999_999n, 86_400_000_000n].map((time) => day * 86_400_000_000n + time),
  ),
  ...Array.from({ length: 10_000 }, () => randomBetween(FIRST, LAST)),
  ...Array.from({ length: 20_000 }, () => randomBetween(-(2n ** 52n), 2n ** 52n)),
  ...Array.from({ length: 5000 }, () => randomBetween(0n, 2n ** 31n) * 1_000_000n),
  ...Array.from({ length: 5000 }, (_, index) => randomBetween(0n, 2n ** 40n) * 10n ** BigInt(index % 6)),
];

describe('timestamps are written as PostgreSQL writes them', () => {
  test.each([
    { name: 'without zone', zone: null, type: postgresTypes.timestamp },
    { name: 'with zone, in UTC', zone: 'Europe/Oslo', type: postgresTypes.timestamptz },
  ])('in microseconds, $name', async ({ zone, type }) => {
    const data = makeData({ type: new TimestampMicrosecond(zone), data: BigInt64Array.from(microseconds) });
    const oracle = await askOracle(type, microseconds.map(binaryTimestamp));
    expect(oracleMismatches(data, oracle)).toEqual([]);
  });

  test.each([
    { name: 'seconds', type: new TimestampSecond(), factor: 1_000_000n, last: 9_224_318_015_999n },
    { name: 'milliseconds', type: new TimestampMillisecond(), factor: 1000n, last: 9_224_318_015_999_999n },
  ])('in $name', async ({ type, factor, last }) => {
    const values = [FIRST / factor, last, ...microseconds.slice(2).map((value) => value / factor)];
    const data = makeData({ type, data: BigInt64Array.from(values) });
    const oracle = await askOracle(
      postgresTypes.timestamp,
      values.map((value) => binaryTimestamp(value * factor)),
    );
    expect(oracleMismatches(data, oracle)).toEqual([]);
  });

  test('in nanoseconds, rounded as PostgreSQL rounds them', async () => {
    const values = [
      -(2n ** 63n),
      2n ** 63n - 1n,
      ...[-500n, -499n, 499n, 500n, 501n, 1500n, 2500n, 999_999_499n, 999_999_500n, 999_999_999n, -1n],
      ...Array.from({ length: 20_000 }, () => randomBetween(-(2n ** 62n), 2n ** 62n)),
      ...Array.from({ length: 5000 }, () => randomBetween(-(2n ** 52n), 2n ** 52n) * 1000n + 500n),
    ];
    const data = makeData({ type: new TimestampNanosecond(), data: BigInt64Array.from(values) });
    const oracle = await askOracleText(postgresTypes.timestamp, values.map(nanosecondText));
    expect(oracleMismatches(data, oracle)).toEqual([]);
  });

  test('years before Christ and beyond 9999', () => {
    const data = makeData({ type: new TimestampMicrosecond('UTC'), data: BigInt64Array.of(FIRST + 1n, LAST) });
    expect(encodeText(data)).toEqual(['4714-11-24 00:00:00.000001+00 BC', '294247-01-10 04:00:54.775806+00']);
  });

  test.each([new TimestampSecond(), new TimestampMillisecond(), new TimestampMicrosecond()])(
    'the largest and smallest integers of %s are infinite',
    async (type) => {
      const data = makeData({ type, data: BigInt64Array.of(2n ** 63n - 1n, -(2n ** 63n), 1n - 2n ** 63n) });
      expect(encodeText(data)).toEqual(['infinity', '-infinity', '-infinity']);
      const binary = encodeBinary(data);
      expect(binary).toEqual(['7fffffffffffffff', '8000000000000000', '8000000000000000']);
      const oracle = await askOracle(
        postgresTypes.timestamp,
        binary.map((hex) => Buffer.from(hex ?? '', 'hex')),
      );
      expect(oracle.map(({ text }) => text)).toEqual(encodeText(data));
    },
  );

  test.each([
    { type: new TimestampMicrosecond(), value: FIRST - 1n },
    { type: new TimestampMicrosecond(), value: -(2n ** 63n) + 2n },
    { type: new TimestampMillisecond(), value: 9_224_318_016_000_000n },
    { type: new TimestampSecond(), value: 2n ** 63n - 2n },
    { type: new TimestampSecond(), value: 9_224_318_016_000n },
  ])('$value of $type is refused, for PostgreSQL has none such', ({ type, value }) => {
    const data = makeData({ type, data: BigInt64Array.of(value) });
    const error = { sqlstate: '22008', message: 'timestamp out of range in column "x", row 1' };
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(data)).toThrow(expect.objectContaining(error));
    }
  });
});

/** Nine digits of fraction, which no Date and no PostgreSQL timestamp has. */
function nanosecondText(value: bigint): string {
  const fraction = BigInt.asUintN(64, ((value % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n);
  const seconds = (value - fraction) / 1_000_000_000n;
  const second = new Date(Number(seconds) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return `${second}.${String(fraction).padStart(9, '0')}`;
}
