import {
  DateDay,
  DateMillisecond,
  DurationMicrosecond,
  DurationMillisecond,
  DurationNanosecond,
  DurationSecond,
  IntervalDayTime,
  IntervalMonthDayNano,
  IntervalYearMonth,
  TimeMicrosecond,
  TimeMillisecond,
  TimeNanosecond,
  TimeSecond,
  TimestampMicrosecond,
  TimestampMillisecond,
  TimestampNanosecond,
  TimestampSecond,
} from 'apache-arrow';
import { postgresTypes } from './postgres-type.js';
import type { ExpectedValue, TypeCase } from './type-case.js';

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);
/** Of timestamps in all units but nanoseconds. */
const infinities: readonly ExpectedValue[] = [
  [largest, 'infinity', '7fffffffffffffff'],
  [smallest, '-infinity', '8000000000000000'],
];

/** Dates, times of day, timestamps and intervals. */
export const momentCases: readonly TypeCase[] = [
  {
    type: new DateDay(),
    postgres: postgresTypes.date,
    values: [
      [0, '1970-01-01', 'ffffd533'],
      [-2_440_588, '4714-11-24 BC', 'ffda97a7'],
      [2_145_042_905, '5874897-12-31', '7fda970c'],
      [2 ** 31 - 1, 'infinity', '7fffffff'],
      [-(2 ** 31), '-infinity', '80000000'],
    ],
  },
  {
    type: new DateMillisecond(),
    postgres: postgresTypes.date,
    values: [
      [951_782_400_000n, '2000-02-29', '0000003b'],
      [-1n, '1969-12-31', 'ffffd532'],
      [largest, 'infinity', '7fffffff'],
      [smallest, '-infinity', '80000000'],
    ],
  },
  {
    type: new TimeSecond(),
    postgres: postgresTypes.time,
    values: [
      [0, '00:00:00', '0000000000000000'],
      [86_399, '23:59:59', '000000141dc81dc0'],
    ],
  },
  {
    type: new TimeMillisecond(),
    postgres: postgresTypes.time,
    values: [[3_723_004, '01:02:03.004', '00000000dde88860']],
  },
  {
    type: new TimeMicrosecond(),
    postgres: postgresTypes.time,
    values: [
      [86_400_000_000n, '24:00:00', '000000141dd76000'],
      [1n, '00:00:00.000001', '0000000000000001'],
    ],
  },
  {
    type: new TimeNanosecond(),
    postgres: postgresTypes.time,
    values: [
      [1_500_000_500n, '00:00:01.5', '000000000016e360'],
      [1_500_000_501n, '00:00:01.500001', '000000000016e361'],
    ],
  },
  {
    type: new TimestampSecond(),
    postgres: postgresTypes.timestamp,
    values: [[0n, '1970-01-01 00:00:00', 'fffca2fec4c82000'], ...infinities],
  },
  {
    type: new TimestampMillisecond(),
    postgres: postgresTypes.timestamp,
    values: [[-1n, '1969-12-31 23:59:59.999', 'fffca2fec4c81c18'], ...infinities],
  },
  {
    type: new TimestampMicrosecond(),
    postgres: postgresTypes.timestamp,
    values: [
      [946_684_800_000_000n, '2000-01-01 00:00:00', '0000000000000000'],
      ...infinities,
      [-(2n ** 55n), '0828-04-17 00:49:41.036032', 'ff7ca2fec4c82000'],
    ],
  },
  {
    type: new TimestampMicrosecond('Asia/Tokyo'),
    postgres: postgresTypes.timestamptz,
    values: [
      [1_720_000_000_120_000n, '2024-07-03 09:46:40.12+00', '0002bf5379cd74c0'],
      [-62_168_377_600_000_000n, '0002-12-18 14:13:20+00 BC', 'ff1fc52f65abe000'],
      ...infinities,
    ],
  },
  {
    type: new TimestampSecond('America/New_York'),
    postgres: postgresTypes.timestamptz,
    values: [
      [1_710_054_000n, '2024-03-10 07:00:00+00', '0002b647bdff9c00'],
      [-1n, '1969-12-31 23:59:59+00', 'fffca2fec4b8ddc0'],
      ...infinities,
    ],
  },
  {
    type: new TimestampMillisecond('UTC'),
    postgres: postgresTypes.timestamptz,
    values: [[1_730_613_599_999n, '2024-11-03 05:59:59.999+00', '0002c8faa5a73418'], ...infinities],
  },
  {
    type: new TimestampNanosecond('+02:00'),
    postgres: postgresTypes.timestamptz,
    values: [
      [1_720_000_000_123_456_789n, '2024-07-03 09:46:40.123457+00', '0002bf5379cd8241'],
      // Nanoseconds have no infinity: about the largest is a day.
      [largest - 807n, '2262-04-11 23:47:16.854775+00', '001d679a6aab73f7'],
    ],
  },
  {
    type: new TimestampNanosecond(),
    postgres: postgresTypes.timestamp,
    values: [[1_720_000_000_123_456_789n, '2024-07-03 09:46:40.123457', '0002bf5379cd8241']],
  },
  {
    type: new DurationSecond(),
    postgres: postgresTypes.interval,
    values: [
      [0n, '00:00:00', '00000000000000000000000000000000'],
      [-1n, '-00:00:01', 'fffffffffff0bdc00000000000000000'],
      [360_000n, '100:00:00', '00000053d1ac10000000000000000000'],
      [9_223_372_036_854n, '2562047788:00:54', '7ffffffffff429800000000000000000'],
    ],
  },
  {
    type: new DurationMillisecond(),
    postgres: postgresTypes.interval,
    values: [[-1_500n, '-00:00:01.5', 'ffffffffffe91ca00000000000000000']],
  },
  {
    type: new DurationMicrosecond(),
    postgres: postgresTypes.interval,
    values: [
      [2n ** 63n - 1n, '2562047788:00:54.775807', '7fffffffffffffff0000000000000000'],
      [-(2n ** 63n) + 1n, '-2562047788:00:54.775807', '80000000000000010000000000000000'],
      [-1n, '-00:00:00.000001', 'ffffffffffffffff0000000000000000'],
    ],
  },
  {
    type: new DurationNanosecond(),
    postgres: postgresTypes.interval,
    values: [
      [1_500n, '00:00:00.000002', '00000000000000020000000000000000'],
      [86_400_000_000_000n, '24:00:00', '000000141dd760000000000000000000'],
    ],
  },
  {
    type: new IntervalYearMonth(),
    postgres: postgresTypes.interval,
    values: [
      [14, '1 year 2 mons', '0000000000000000000000000000000e'],
      [-13, '-1 years -1 mons', '000000000000000000000000fffffff3'],
      [0, '00:00:00', '00000000000000000000000000000000'],
      [24, '2 years', '00000000000000000000000000000018'],
      [2 ** 31 - 1, '178956970 years 7 mons', '0000000000000000000000007fffffff'],
    ],
  },
  {
    type: new IntervalDayTime(),
    postgres: postgresTypes.interval,
    values: [
      [[1, 0], '1 day', '00000000000000000000000100000000'],
      [[-3, 14_706_700], '-3 days +04:05:06.7', '000000036c966ee0fffffffd00000000'],
      [[3, -1], '3 days -00:00:00.001', 'fffffffffffffc180000000300000000'],
    ],
  },
  {
    type: new IntervalMonthDayNano(),
    postgres: postgresTypes.interval,
    values: [
      [[14, -3, 14_706_700_000_000n], '1 year 2 mons -3 days +04:05:06.7', '000000036c966ee0fffffffd0000000e'],
      [[-1, 1, 0n], '-1 mons +1 day', '000000000000000000000001ffffffff'],
      [[0, 0, -1_000n], '-00:00:00.000001', 'ffffffffffffffff0000000000000000'],
      [[1, 1, 2n ** 63n - 1n], '1 mon 1 day 2562047:47:16.854776', '0020c49ba5e353f80000000100000001'],
    ],
  },
];
