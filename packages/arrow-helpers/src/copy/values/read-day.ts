/** Dates as PostgreSQL writes those of our era: `2024-02-29`. */
import { daysFromCivil } from '../../text-values/iso-date-time.js';
import { digitCount, digitsValue, twoDigits } from './read-digits.js';

/** How many characters a date has. */
export const DAY_BYTES = 10;

/** What {@link readDay} says of a date that is written otherwise, and of what is none. */
export const NO_DAY = -0x8000_0000;

/** `0000`: before the year 1 is 1 BC. */
const NO_YEAR = 0x3030_3030;

/** The last date and its day: it often comes again. */
let lastYear = 0;
let lastMonth = 0;
let lastDayOfMonth = 0;
let lastDay = NO_DAY;

/** The days since 1970-01-01 of the date at `position`, or {@link NO_DAY}. */
export function readDay(view: DataView, position: number): number {
  // As characters: the date, or a part of it, is compared before it is read.
  const year = view.getInt32(position);
  const month = view.getInt32(position + 4);
  const dayOfMonth = view.getUint16(position + 8);
  if (year === lastYear && month === lastMonth && dayOfMonth === lastDayOfMonth) return lastDay;
  if ((month & 0xff00_00ff) !== 0x2d00_002d) return NO_DAY;
  if (digitCount(year) < 4 || year === NO_YEAR) return NO_DAY;
  const day = daysFromCivil(digitsValue(year, 4), twoDigits((month >> 8) & 0xffff), twoDigits(dayOfMonth));
  if (day === undefined) return NO_DAY;
  lastYear = year;
  lastMonth = month;
  lastDayOfMonth = dayOfMonth;
  lastDay = day;
  return day;
}
