import { postgresTypes } from '@riffq/all-types';
import { type Data, makeData, TimeMicrosecond, TimeMillisecond, TimeNanosecond, TimeSecond } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBinary, encodeText } from '../encode-column.js';
import { oracleMismatches } from '../mismatches.js';
import { askOracleText } from '../oracle.js';

const NANOSECONDS_PER_DAY = 86_400_000_000_000n;

/** The time of a number of nanoseconds, with all its nine digits. */
function timeText(nanoseconds: bigint): string {
  const seconds = nanoseconds / 1_000_000_000n;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => String(part).padStart(2, '0'));
  return `${parts.join(':')}.${String(nanoseconds % 1_000_000_000n).padStart(9, '0')}`;
}

function random(unit: bigint): bigint[] {
  const units = NANOSECONDS_PER_DAY / unit;
  const values = Array.from({ length: 5000 }, () => BigInt(Math.floor(Math.random() * Number(units))));
  const tenths = values.map((value) => value - (value % 10n));
  return [0n, 1n, units - 1n, units, ...values, ...tenths];
}

async function expectAsPostgres(data: Data, values: readonly bigint[], unit: bigint): Promise<void> {
  const oracle = await askOracleText(
    postgresTypes.time,
    values.map((value) => timeText(value * unit)),
  );
  expect(oracleMismatches(data, oracle)).toEqual([]);
}

describe('times are written as PostgreSQL writes them', () => {
  test('Time32 in seconds', () => {
    const values = random(1_000_000_000n);
    const data = makeData({ type: new TimeSecond(), data: Int32Array.from(values, Number) });
    return expectAsPostgres(data, values, 1_000_000_000n);
  });

  test('Time32 in milliseconds', () => {
    const values = random(1_000_000n);
    const data = makeData({ type: new TimeMillisecond(), data: Int32Array.from(values, Number) });
    return expectAsPostgres(data, values, 1_000_000n);
  });

  test('Time64 in microseconds', () => {
    const values = random(1000n);
    const data = makeData({ type: new TimeMicrosecond(), data: BigInt64Array.from(values) });
    return expectAsPostgres(data, values, 1000n);
  });

  test('Time64 in nanoseconds, rounded to microseconds', () => {
    const values = [...random(1n), 499n, 500n, 501n, 1500n, 2500n, 59_999_999_500n, 59_999_999_499n];
    const data = makeData({ type: new TimeNanosecond(), data: BigInt64Array.from(values) });
    return expectAsPostgres(data, values, 1n);
  });

  test.each([-1n, 86_400_000_001n, 2n ** 62n])('%d microseconds are no time of day and refused', (value) => {
    const data = makeData({ type: new TimeMicrosecond(), data: BigInt64Array.of(value) });
    const error = { sqlstate: '22008', message: 'time out of range in column "x", row 1' };
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(data)).toThrow(expect.objectContaining(error));
    }
  });

  test.each([-1n, -500n, 86_400_000_000_001n, 86_400_000_000_400n, -(2n ** 63n)])(
    '%d nanoseconds are refused, though microseconds that are near are a time of day',
    (value) => {
      const data = makeData({ type: new TimeNanosecond(), data: BigInt64Array.of(value) });
      const error = { sqlstate: '22008', message: 'time out of range in column "x", row 1' };
      for (const metadata of [undefined, new Map([['PG:type', 'time(0)']])]) {
        for (const encode of [encodeText, encodeBinary]) {
          expect(() => encode(data, metadata)).toThrow(expect.objectContaining(error));
        }
      }
    },
  );
});
