import type { Data, Duration, Interval } from 'apache-arrow';
import { IntervalUnit } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import {
  FIRST_MICROSECOND,
  FIRST_SECOND,
  type IntervalSpan,
  LARGEST_COUNT,
  LAST_MICROSECOND,
  LAST_SECOND,
  MICROSECONDS_PER_SECOND,
  SMALLEST_COUNT,
  spanOf,
} from '../text-output/interval-span.js';
import { unitsOf } from '../time-unit.js';
import { fitInterval, keepsIntervals } from '../type-modifier/interval-modifier.js';
import { dateTimeOutOfRange } from '../unsendable-value.js';
import { parts, splitTime } from './split-time.js';

/** The value at hand. */
export const interval: { -readonly [Part in keyof IntervalSpan]: IntervalSpan[Part] } = {
  months: 0,
  days: 0,
  seconds: 0,
  microseconds: 0,
};

/** Sets `interval` to the value at `index`. */
export type IntervalReader = (index: number) => void;

/** The reader of a column of durations or of intervals of any unit, of which the type's modifier may leave less. */
export function intervalReader(data: Data, typeModifier = -1): IntervalReader {
  const read = plainReader(data);
  if (keepsIntervals(typeModifier)) return read;
  return (index) => {
    read(index);
    const { months, days, seconds, microseconds } = interval;
    const time = BigInt(seconds) * MICROSECONDS_PER_SECOND + BigInt(microseconds);
    Object.assign(interval, spanOf(fitInterval({ months, days, microseconds: time }, typeModifier)));
  };
}

function plainReader(data: Data): IntervalReader {
  const type: DataType = data.type;
  const stored: ArrayBufferView = data.values;
  const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  if (DataType.isDuration(type)) return durationReader(type, view);
  return DataType.isInterval(type) ? unitReader(type, view) : () => undefined;
}

function durationReader({ unit }: Duration, view: DataView): IntervalReader {
  const unitsPerSecond = unitsOf(unit);
  return (index) => {
    setDays(0, 0);
    setTime(view, index * 8, unitsPerSecond);
  };
}

function unitReader({ unit }: Interval, view: DataView): IntervalReader {
  switch (unit) {
    case IntervalUnit.YEAR_MONTH:
      return (index) => {
        setDays(view.getInt32(index * 4, true), 0);
        interval.seconds = 0;
        interval.microseconds = 0;
      };
    case IntervalUnit.DAY_TIME:
      return (index) => {
        const milliseconds = view.getInt32(index * 8 + 4, true);
        setDays(0, view.getInt32(index * 8, true));
        interval.seconds = Math.floor(milliseconds / 1000);
        interval.microseconds = (milliseconds - interval.seconds * 1000) * 1000;
      };
    case IntervalUnit.MONTH_DAY_NANO:
      return (index) => {
        setDays(view.getInt32(index * 16, true), view.getInt32(index * 16 + 4, true));
        if (!setInfinity(view, index * 16 + 8)) setTime(view, index * 16 + 8, 1_000_000_000);
      };
  }
}

/** As with timestamps, the largest and smallest there are stand for the infinities: Arrow has no others. */
function setInfinity(view: DataView, offset: number): boolean {
  const { months, days } = interval;
  if (months !== days || (months !== LARGEST_COUNT && months !== SMALLEST_COUNT)) return false;
  const last = months === LARGEST_COUNT;
  const high = last ? 0x7fff_ffff : -0x8000_0000;
  if (view.getInt32(offset + 4, true) !== high || view.getInt32(offset, true) !== (last ? -1 : 0)) return false;
  interval.seconds = last ? LAST_SECOND : FIRST_SECOND;
  interval.microseconds = last ? LAST_MICROSECOND : FIRST_MICROSECOND;
  return true;
}

function setDays(months: number, days: number): void {
  interval.months = months;
  interval.days = days;
}

function setTime(view: DataView, offset: number, unitsPerSecond: number): void {
  splitSpan(view.getInt32(offset + 4, true), view.getInt32(offset, true), unitsPerSecond);
  const seconds = parts[0]!;
  const microseconds = parts[1]!;
  const tooLate = seconds > LAST_SECOND || (seconds === LAST_SECOND && microseconds > LAST_MICROSECOND);
  const tooEarly = seconds < FIRST_SECOND || (seconds === FIRST_SECOND && microseconds < FIRST_MICROSECOND);
  if (tooLate || tooEarly) throw dateTimeOutOfRange('interval');
  interval.seconds = seconds;
  interval.microseconds = microseconds;
}

/** Sets `parts`. PostgreSQL rounds a span's digits, whose sign stands before them: less than nothing as its opposite. */
function splitSpan(high: number, low: number, unitsPerSecond: number): void {
  if (high >= 0) {
    splitTime(high, low, unitsPerSecond);
    return;
  }
  splitTime(low === 0 ? -high : ~high, -low, unitsPerSecond);
  const microseconds = parts[1]!;
  parts[0] = microseconds === 0 ? -parts[0]! : -1 - parts[0]!;
  parts[1] = microseconds === 0 ? 0 : 1_000_000 - microseconds;
}
