/** How an interval lies in an Arrow column, for whoever makes one. */
import type { Duration, Interval } from 'apache-arrow';
import { IntervalUnit } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import type { IntervalParts } from '../text-output/interval-span.js';
import { infiniteSign } from '../text-values/interval-text.js';
import { fromMicroseconds, timeUnit } from './time-unit.js';

/** The layout of a column's intervals. */
export interface IntervalLayout {
  readonly bytes: number;
  /** Writes an interval at `at`; false if the column has no such interval. */
  readonly store: (parts: IntervalParts, values: DataView, at: number) => boolean;
  /** What the column has, for those who gave it something else. */
  readonly hint: string;
}

const MICROSECONDS_PER_DAY = 86_400_000_000n;

/** The layout of intervals of any unit, and of durations, of which a day has 24 hours. */
export function intervalLayout(type: Interval | Duration): IntervalLayout {
  return DataType.isDuration(type) ? durations(timeUnit(type.unit).perSecond) : layouts[type.unit];
}

const layouts: Readonly<Record<IntervalUnit, IntervalLayout>> = {
  [IntervalUnit.YEAR_MONTH]: { bytes: 4, store: storeMonths, hint: 'The type has months only.' },
  [IntervalUnit.DAY_TIME]: { bytes: 8, store: storeDayTime, hint: 'The type has days and 32 bits of milliseconds.' },
  [IntervalUnit.MONTH_DAY_NANO]: {
    bytes: 16,
    store: storeMonthDayNano,
    hint: 'Arrow keeps at most 292 years of time beside months and days.',
  },
};

function storeMonths({ months, days, microseconds }: IntervalParts, values: DataView, at: number): boolean {
  if (days !== 0 || microseconds !== 0n) return false;
  values.setInt32(at, months, true);
  return true;
}

function storeDayTime({ months, days, microseconds }: IntervalParts, values: DataView, at: number): boolean {
  const milliseconds = microseconds / 1000n;
  if (months !== 0 || milliseconds * 1000n !== microseconds) return false;
  if (BigInt.asIntN(32, milliseconds) !== milliseconds) return false;
  values.setInt32(at, days, true);
  values.setInt32(at + 4, Number(milliseconds), true);
  return true;
}

function storeMonthDayNano(parts: IntervalParts, values: DataView, at: number): boolean {
  const sign = infiniteSign(parts);
  const nanoseconds = sign === 0 ? parts.microseconds * 1000n : parts.microseconds;
  const nearest = BigInt.asIntN(64, nanoseconds);
  // The last microsecond is not whole in nanoseconds.
  const cut = nanoseconds < 0n ? nanoseconds + 500n : nanoseconds - 500n;
  if (nearest !== nanoseconds && BigInt.asIntN(64, cut) !== cut) return false;
  values.setInt32(at, parts.months, true);
  values.setInt32(at + 4, parts.days, true);
  values.setBigInt64(at + 8, nearest === nanoseconds ? nanoseconds : cut, true);
  return true;
}

function durations(unitsPerSecond: number): IntervalLayout {
  const store = ({ months, days, microseconds }: IntervalParts, values: DataView, at: number): boolean => {
    const count = fromMicroseconds(BigInt(days) * MICROSECONDS_PER_DAY + microseconds, unitsPerSecond);
    if (months !== 0 || BigInt.asIntN(64, count) !== count) return false;
    values.setBigInt64(at, count, true);
    return true;
  };
  return { bytes: 8, store, hint: 'The type has days and times, in 64 bits of its unit.' };
}
