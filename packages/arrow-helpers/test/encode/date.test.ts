import { postgresTypes } from '@riffq/all-types';
import { DateDay, DateMillisecond, makeData } from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { encodeBinary, encodeText } from '../encode-column.js';
import { oracleMismatches } from '../mismatches.js';
import { askOracle } from '../oracle.js';

/** Days from 1970 to 2000. */
const EPOCH_DAYS = 10_957;
const FIRST_DAY = -2_440_588;
const LAST_DAY = 2_145_042_905;

function binaryDate(day: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(day - EPOCH_DAYS);
  return bytes;
}

/** All of PostgreSQL's range, and every day around the turns of years, centuries and eras. */
const days = [
  FIRST_DAY,
  LAST_DAY,
  ...Array.from({ length: 20_000 }, () => FIRST_DAY + Math.floor(Math.random() * (LAST_DAY - FIRST_DAY))),
  ...Array.from({ length: 20_000 }, () => Math.floor(Math.random() * 60_000)),
  ...[-719_528, -719_162, -354_285, 0, 10_957, 2_932_896].flatMap((day) =>
    Array.from({ length: 1000 }, (_, index) => day - 500 + index),
  ),
];

describe('dates are written as PostgreSQL writes them', () => {
  test('Date32', async () => {
    const data = makeData({ type: new DateDay(), data: Int32Array.from(days) });
    const oracle = await askOracle(postgresTypes.date, days.map(binaryDate));
    expect(oracleMismatches(data, oracle)).toEqual([]);
  });

  test('Date64, whose time of day is dropped', async () => {
    const milliseconds = BigInt64Array.from(
      days,
      (day, index) => BigInt(day) * 86_400_000n + BigInt((index * 7919) % 86_400_000),
    );
    const data = makeData({ type: new DateMillisecond(), data: milliseconds });
    const oracle = await askOracle(postgresTypes.date, days.map(binaryDate));
    expect(oracleMismatches(data, oracle)).toEqual([]);
  });

  test('years before Christ and beyond 9999', () => {
    const data = makeData({ type: new DateDay(), data: Int32Array.of(FIRST_DAY, -719_529, 2_932_897, LAST_DAY) });
    expect(encodeText(data)).toEqual(['4714-11-24 BC', '0002-12-31 BC', '10000-01-01', '5874897-12-31']);
  });

  test('every millisecond of a day is of that day, also where doubles are further apart', () => {
    const last = BigInt(LAST_DAY) * 86_400_000n;
    const data = makeData({ type: new DateMillisecond(), data: BigInt64Array.of(last - 1n, last, last + 86_399_999n) });
    expect(encodeText(data)).toEqual(['5874897-12-30', '5874897-12-31', '5874897-12-31']);
  });

  const most = 2n ** 63n - 1n;
  test.each(
    [
      // Minus the largest day is DuckDB's, which has no Date64.
      {
        name: 'Date32',
        count: 3,
        data: makeData({ type: new DateDay(), data: Int32Array.of(2 ** 31 - 1, -(2 ** 31), 1 - 2 ** 31) }),
      },
      {
        name: 'Date64',
        count: 2,
        data: makeData({ type: new DateMillisecond(), data: BigInt64Array.of(most, -most - 1n) }),
      },
    ].map(({ name, ...column }) => [name, column] as const),
  )('the largest and smallest integers of %s are infinite', async (_, { data, count }) => {
    expect(encodeText(data)).toEqual(['infinity', '-infinity', '-infinity'].slice(0, count));
    const binary = encodeBinary(data);
    expect(binary).toEqual(['7fffffff', '80000000', '80000000'].slice(0, count));
    const oracle = await askOracle(
      postgresTypes.date,
      binary.map((hex) => Buffer.from(hex ?? '', 'hex')),
    );
    expect(oracle.map(({ text }) => text)).toEqual(encodeText(data));
  });

  test.each([most - 1n, -most, 1n - most])('%d milliseconds are no date and refused', (value) => {
    const data = makeData({ type: new DateMillisecond(), data: BigInt64Array.of(value) });
    for (const encode of [encodeText, encodeBinary]) {
      expect(() => encode(data)).toThrow(expect.objectContaining({ sqlstate: '22008' }));
    }
  });

  test.each([FIRST_DAY - 1, LAST_DAY + 1, 2 ** 31 - 2])('day %d is refused, for PostgreSQL has none such', (day) => {
    const data = makeData({ type: new DateDay(), data: Int32Array.of(day) });
    const milliseconds = makeData({ type: new DateMillisecond(), data: BigInt64Array.of(BigInt(day) * 86_400_000n) });
    for (const encode of [encodeText, encodeBinary]) {
      for (const column of [data, milliseconds]) {
        expect(() => encode(column)).toThrow(
          expect.objectContaining({ sqlstate: '22008', message: 'date out of range in column "x", row 1' }),
        );
      }
    }
  });
});
