/** Dates and times as text: what PostgreSQL writes most here, byte by byte, and all other forms as `toArrow` reads them. */
import type { DateTimeContext } from '../../text-values/date-time-context.js';
import { dateTimeError } from '../../text-values/date-time-error.js';
import { isFault } from '../../text-values/date-time-fault.js';
import { daysFromCivil } from '../../text-values/iso-date-time.js';
import { readLocalDateTime, readTimeOfDay } from '../../text-values/read-date-time.js';

/** What was read last: a function cannot return several numbers without allocating. */
export const dateTime = {
  /** -1 and 1 for the infinities, else 0. */
  infinity: 0,
  /** Days since 1970-01-01. */
  day: 0,
  /** Microseconds since midnight, as written. */
  microseconds: 0,
  /** Seconds east of UTC; NaN if the text names no zone. */
  zoneSeconds: 0,
};

/** Reads a date, with or without a time of day, into {@link dateTime}; `type` is for the error. */
export function readDateTime(type: string, bytes: Buffer, start: number, end: number, context: DateTimeContext): void {
  if (readPlain(bytes, start, end)) return;
  const text = bytes.toString('utf8', start, end);
  const read = readLocalDateTime(text, context);
  if (isFault(read)) throw dateTimeError(read, text, type);
  if (typeof read === 'string') {
    setDateTime(0, 0, 0);
    dateTime.infinity = read === 'infinity' ? 1 : -1;
    return;
  }
  setDateTime(read.day, read.microseconds, read.zone ?? Number.NaN);
}

/** Reads a time of day, whose zone is left out. */
export function readTime(bytes: Buffer, start: number, end: number, context: DateTimeContext): void {
  if (end - start >= 8 && isClock(bytes, start, end)) {
    setDateTime(0, clock(bytes, start, end), 0);
    return;
  }
  const text = bytes.toString('utf8', start, end);
  const read = readTimeOfDay(text, context);
  if (typeof read === 'string') throw dateTimeError(read, text, 'time');
  setDateTime(0, read, Number.NaN);
}

function setDateTime(day: number, microseconds: number, zoneSeconds: number): void {
  dateTime.infinity = 0;
  dateTime.day = day;
  dateTime.microseconds = microseconds;
  dateTime.zoneSeconds = zoneSeconds;
}

let lastDate = -1;
let lastDay = 0;

/** Reads what PostgreSQL writes most: `YYYY-MM-DD`, `YYYY-MM-DD HH:MM:SS[.ffffff][+00]`; false if it is not that. */
function readPlain(bytes: Buffer, start: number, end: number): boolean {
  let stop = end;
  if (end - start > 13 && bytes[end - 3] === 0x2b && bytes[end - 2] === 0x30 && bytes[end - 1] === 0x30) stop = end - 3;
  const length = stop - start;
  if (length !== 10 && length < 19) return false;
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return false;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const dayOfMonth = twoDigits(bytes, start + 8);
  const date = (year * 100 + month) * 100 + dayOfMonth;
  if (!(year > 0) || Number.isNaN(date)) return false;
  if (length > 10 && (bytes[start + 10] !== 0x20 || !isClock(bytes, start + 11, stop))) return false;
  if (date !== lastDate) {
    const day = daysFromCivil(year, month, dayOfMonth);
    if (day === undefined) return false;
    lastDate = date;
    lastDay = day;
  }
  setDateTime(lastDay, length > 10 ? clock(bytes, start + 11, stop) : 0, stop === end ? Number.NaN : 0);
  return true;
}

function isClock(bytes: Buffer, start: number, end: number): boolean {
  const length = end - start;
  if (length !== 8 && (length < 10 || length > 15 || bytes[start + 8] !== 0x2e)) return false;
  if (bytes[start + 2] !== 0x3a || bytes[start + 5] !== 0x3a) return false;
  for (let at = start + 9; at < end; at++) if (bytes[at]! < 0x30 || bytes[at]! > 0x39) return false;
  // Not a comparison with `<`: NaN must fail.
  return twoDigits(bytes, start) <= 23 && twoDigits(bytes, start + 3) <= 59 && twoDigits(bytes, start + 6) <= 59;
}

function clock(bytes: Buffer, start: number, end: number): number {
  let fraction = 0;
  let unit = 100_000;
  for (let at = start + 9; at < end; at++) {
    fraction += (bytes[at]! - 0x30) * unit;
    unit /= 10;
  }
  const seconds = twoDigits(bytes, start) * 3600 + twoDigits(bytes, start + 3) * 60 + twoDigits(bytes, start + 6);
  return seconds * 1_000_000 + fraction;
}

function twoDigits(bytes: Buffer, at: number): number {
  const high = bytes[at]! - 0x30;
  const low = bytes[at + 1]! - 0x30;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : Number.NaN;
}
