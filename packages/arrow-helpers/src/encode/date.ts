/**
 * Dates. Arrow's 32-bit days and 64-bit milliseconds count from 1970, PostgreSQL's days from 2000 and only from
 * 4714-11-24 BC to 5874897-12-31. The largest and smallest integers are PostgreSQL's infinities, and minus the largest
 * number of days is DuckDB's negative one.
 */
import { FIRST_DAY, LAST_DAY, POSTGRES_EPOCH_DAY } from '../postgres-calendar.js';
import { copyDay, type DayText, setDay, writeBeforeChrist } from '../text-output/calendar.js';
import { dateTimeOutOfRange } from '../unsendable-value.js';
import { writeInfinity } from './infinity.js';
import { parts, splitTime } from './split-time.js';

const SECONDS_PER_DAY = 86_400;

/** Stand for `infinity` and `-infinity` among days. */
const INFINITE_DAY = 0x7fff_ffff;
const NEGATIVE_INFINITE_DAY = -0x8000_0000;

/** 1 for the day that stands for infinity, -1 for those that stand for minus infinity, 0 for all else. */
export function infiniteSign(day: number): number {
  if (day === INFINITE_DAY) return 1;
  return day === NEGATIVE_INFINITE_DAY || day === -INFINITE_DAY ? -1 : 0;
}

/**
 * A day that is not infinite.
 *
 * @throws UnsendableValue for one that PostgreSQL has not
 */
export function finiteDay(day: number): number {
  if (day >= FIRST_DAY && day <= LAST_DAY) return day;
  throw dateTimeOutOfRange('date');
}

function checkedDay(day: number): number {
  if (day >= FIRST_DAY && day <= LAST_DAY) return day;
  if (day === INFINITE_DAY) return day;
  if (day === NEGATIVE_INFINITE_DAY || day === -INFINITE_DAY) return NEGATIVE_INFINITE_DAY;
  throw dateTimeOutOfRange('date');
}

/** Days of a 64-bit count of milliseconds; a time of day in it is dropped, as a date has none. */
export function dayOfMilliseconds(high: number, low: number): number {
  if (high === 0x7fff_ffff && low === -1) return INFINITE_DAY;
  if (high === -0x8000_0000 && low === 0) return NEGATIVE_INFINITE_DAY;
  splitTime(high, low, 1000);
  const day = Math.floor(parts[0]! / SECONDS_PER_DAY);
  // Here the 32-bit sentinels are plain days out of range.
  if (day < FIRST_DAY || day > LAST_DAY) throw dateTimeOutOfRange('date');
  return day;
}

/** Writes a date as text. */
export function writeDateText(
  target: Uint8Array,
  view: DataView,
  position: number,
  day: number,
  text: DayText,
): number {
  if (day !== text.day) {
    const checked = checkedDay(day);
    if (checked === INFINITE_DAY || checked === NEGATIVE_INFINITE_DAY) {
      return writeInfinity(target, position, checked === NEGATIVE_INFINITE_DAY);
    }
    setDay(text, checked);
  }
  const end = copyDay(target, view, position, text);
  return text.beforeChrist ? writeBeforeChrist(target, end) : end;
}

/** Writes a date as date_send does: days since 2000-01-01. */
export function writeDateBinary(view: DataView, position: number, day: number): number {
  const checked = checkedDay(day);
  const infinite = checked === INFINITE_DAY || checked === NEGATIVE_INFINITE_DAY;
  view.setInt32(position, infinite ? checked : checked - POSTGRES_EPOCH_DAY);
  return position + 4;
}
