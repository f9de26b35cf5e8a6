/**
 * Dates and times as text in PostgreSQL's ISO style (https://www.postgresql.org/docs/18/datatype-datetime.html). Other
 * styles of input, such as `Jan 8, 1999`, are not read.
 */
import { PgError, sqlstate } from '@riffq/wire';
import { roundHalfEven } from '../../encode/time.js';
import { daysFromCivil } from '../../text-values/iso-date-time.js';

/** What was read last: a function cannot return several numbers without allocating. */
export const dateTime = {
  /** -1 and 1 for the infinities, else 0. */
  infinity: 0,
  /** Days since 1970-01-01. */
  day: 0,
  /** Microseconds since midnight, as written. */
  microseconds: 0,
  /** Seconds east of UTC; 0 if the text names no zone. */
  zoneSeconds: 0,
};

const CLOCK = '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(\\.\\d*)?)?';
const ZONE = '(?:\\s*(Z|UTC|GMT|[+-]\\d{1,2}(?::?\\d\\d(?::?\\d\\d)?)?))?';
const DATE_TIME = new RegExp(
  `^\\s*(?:(\\d{3,7})-(\\d{1,2})-(\\d{1,2})|(\\d{4,7})(\\d\\d)(\\d\\d))(?:(?:\\s+|T)${CLOCK}${ZONE})?(?:\\s*(BC|AD))?\\s*$`,
  'i',
);
const TIME = new RegExp(`^\\s*${CLOCK}${ZONE}\\s*$`, 'i');
const SPECIAL = /^\s*(?:(\+|-)?infinity|(epoch))\s*$/i;

/** Reads a date, with or without a time of day, into {@link dateTime}; `type` is for the error. */
export function readDateTime(type: string, bytes: Buffer, start: number, end: number): void {
  if (readPlain(bytes, start, end)) return;
  const text = bytes.toString('utf8', start, end);
  const special = SPECIAL.exec(text);
  if (special !== null) {
    setDateTime(0, 0, 0);
    if (special[2] === undefined) dateTime.infinity = special[1] === '-' ? -1 : 1;
    return;
  }
  const match = DATE_TIME.exec(text);
  if (match === null) throw invalidDateTime(type, text);
  const year = Number(match[1] ?? match[4]);
  const civilYear = match[12]?.toUpperCase() === 'BC' ? 1 - year : year;
  const day = daysFromCivil(civilYear, Number(match[2] ?? match[5]), Number(match[3] ?? match[6]));
  if (year === 0 || day === undefined) throw fieldOutOfRange(text);
  setDateTime(day, clockOf(text, match[7], match[8], match[9], match[10]), zoneOf(text, match[11]));
}

/** Reads a time of day, whose zone is left out. */
export function readTime(bytes: Buffer, start: number, end: number): void {
  if (end - start >= 8 && isClock(bytes, start, end)) {
    setDateTime(0, clock(bytes, start, end), 0);
    return;
  }
  const text = bytes.toString('utf8', start, end);
  const match = TIME.exec(text);
  if (match === null) throw invalidDateTime('time', text);
  setDateTime(0, clockOf(text, match[1], match[2], match[3], match[4]), zoneOf(text, match[5]));
}

/** 22008: there is such a date, but not in the type. */
export function dateTimeOutOfRange(type: string, text?: string): PgError {
  const message = text === undefined ? `${type} out of range` : `${type} out of range: "${text}"`;
  return new PgError({ sqlstate: sqlstate.datetime_field_overflow, message });
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
  setDateTime(lastDay, length > 10 ? clock(bytes, start + 11, stop) : 0, 0);
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

function clockOf(text: string, hours = '0', minutes = '0', seconds = '0', fraction = ''): number {
  const hour = Number(hours);
  const minute = Number(minutes);
  const second = Number(seconds);
  const microseconds = roundHalfEven(Number(`0${fraction}`) * 1e6);
  const total = (hour * 3600 + minute * 60 + second) * 1_000_000 + microseconds;
  if (minute <= 59 && second <= 60 && total <= 86_400_000_000) return total;
  throw fieldOutOfRange(text);
}

function zoneOf(text: string, zone = 'Z'): number {
  if (/^[a-z]/i.test(zone)) return 0;
  const digits = zone.slice(1).replaceAll(':', '');
  const long = digits.length > 2 && digits.length % 2 === 1 ? `0${digits}` : digits;
  const hours = Number(long.slice(0, 2));
  const minutes = Number(long.slice(2, 4));
  const seconds = Number(long.slice(4, 6));
  if (hours > 15 || minutes > 59 || seconds > 59) {
    const state = sqlstate.invalid_time_zone_displacement_value;
    throw new PgError({ sqlstate: state, message: `time zone displacement out of range: "${text}"` });
  }
  const total = hours * 3600 + minutes * 60 + seconds;
  return zone.startsWith('-') ? -total : total;
}

function invalidDateTime(type: string, text: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_datetime_format,
    message: `invalid input syntax for type ${type}: "${text}"`,
    hint: 'Dates and times are read in ISO style, such as 2024-02-29 12:30:00.5+01.',
  });
}

function fieldOutOfRange(text: string): PgError {
  const state = sqlstate.datetime_field_overflow;
  return new PgError({ sqlstate: state, message: `date/time field value out of range: "${text}"` });
}
