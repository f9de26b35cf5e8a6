/** Days to the text of dates, in the proleptic Gregorian calendar and PostgreSQL's ISO style. */
import { writeFourDigits, writeTwoDigits, writeUint32 } from './digits.js';

/** The text of the day that a column wrote last: neighbouring rows often share it. */
export interface DayText {
  /** Days since 1970-01-01 that `bytes` stands for; NaN before the first. */
  day: number;
  /** Microseconds since 1970 at which it begins. */
  start: number;
  /** `YYYY-MM-DD`. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Its bytes: 10, or more from the year 10000 on. */
  length: number;
  /** Whether ` BC` has to follow at the very end. */
  beforeChrist: boolean;
}

const MICROSECONDS_PER_DAY = 86_400_000_000;

/** The longest date: `5874897-12-31`, or `4714-11-24 BC`. */
export const DATE_TEXT_BYTES = 16;

/** An empty cache for one column. */
export function makeDayText(): DayText {
  const bytes = new Uint8Array(DATE_TEXT_BYTES);
  return {
    day: Number.NaN,
    start: Number.NaN,
    bytes,
    view: new DataView(bytes.buffer),
    length: 0,
    beforeChrist: false,
  };
}

/**
 * Formats a day into the cache. The arithmetic is Howard Hinnant's `civil_from_days`
 * (https://howardhinnant.github.io/date_algorithms.html): years begin in March, in eras of 400 years.
 */
export function setDay(text: DayText, day: number): void {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  // `| 0` for integer divisions, which are quicker than those of doubles.
  const dayOfEra = (shifted - era * 146_097) | 0;
  const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0;
  const dayOfYear = dayOfEra - (365 * yearOfEra + (yearOfEra >> 2) - ((yearOfEra / 100) | 0));
  const monthFromMarch = ((5 * dayOfYear + 2) / 153) | 0;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const shownYear = year > 0 ? year : 1 - year;
  let end =
    shownYear < 10_000 ? writeFourDigits(text.view, 0, shownYear) : writeUint32(text.bytes, text.view, 0, shownYear);
  text.bytes[end] = 0x2d;
  end = writeTwoDigits(text.view, end + 1, month);
  text.bytes[end] = 0x2d;
  end = writeTwoDigits(text.view, end + 1, dayOfYear - (((153 * monthFromMarch + 2) / 5) | 0) + 1);
  text.day = day;
  text.start = day * MICROSECONDS_PER_DAY;
  text.length = end;
  text.beforeChrist = year <= 0;
}

/** Writes the day without ` BC`. */
export function copyDay(target: Uint8Array, view: DataView, position: number, text: DayText): number {
  if (text.length === 10) {
    view.setInt32(position, text.view.getInt32(0));
    view.setInt32(position + 4, text.view.getInt32(4));
    view.setInt16(position + 8, text.view.getInt16(8));
    return position + 10;
  }
  for (let index = 0; index < text.length; index++) target[position + index] = text.bytes[index]!;
  return position + text.length;
}

/** Writes ` BC`. */
export function writeBeforeChrist(target: Uint8Array, position: number): number {
  target[position] = 0x20;
  target[position + 1] = 0x42;
  target[position + 2] = 0x43;
  return position + 3;
}
