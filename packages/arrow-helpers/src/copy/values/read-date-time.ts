/**
 * Dates and times as text (https://www.postgresql.org/docs/18/datatype-datetime.html): ISO style here, the others in
 * `read-styled-date-time.ts`.
 */
import { PgError, sqlstate } from '@riffq/wire';
import { roundHalfEven } from '../../encode/time.js';
import { daysFromCivil } from '../../text-values/iso-date-time.js';
import type { InputSettings } from '../input-settings.js';
import { readStyledDateTime, type WrittenDateTime } from './read-styled-date-time.js';
import { readZone } from './read-zone.js';

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

const CLOCK = '(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(\\.\\d*)?)?';
const ZONE = '(?:\\s*(Z|UTC|GMT|[+-]\\d{1,2}(?::?\\d\\d(?::?\\d\\d)?)?))?';
const DATE_TIME = new RegExp(
  `^\\s*(?:(\\d{3,7})-(\\d{1,2})-(\\d{1,2})|(\\d{4,7})(\\d\\d)(\\d\\d))(?:(?:\\s+|T)(?:${CLOCK}|(\\d\\d)(\\d\\d)(\\d\\d)(\\.\\d*)?)${ZONE})?(?:\\s*(BC|AD))?\\s*$`,
  'i',
);
const TIME = new RegExp(`^\\s*${CLOCK}${ZONE}\\s*$`, 'i');
const SPECIAL = /^\s*(?:(\+|-)?infinity|(epoch))\s*$/i;

/** Reads a date, with or without a time of day, into {@link dateTime}; `type` is for the error. */
export function readDateTime(
  type: string,
  bytes: Buffer,
  start: number,
  end: number,
  { dateOrder, timeZone }: InputSettings,
): void {
  if (readPlain(bytes, start, end)) return;
  const text = bytes.toString('utf8', start, end);
  const special = SPECIAL.exec(text);
  if (special !== null) {
    setDateTime(0, 0, 0);
    if (special[2] === undefined) dateTime.infinity = special[1] === '-' ? -1 : 1;
    return;
  }
  const written = readIsoDateTime(text) ?? readStyledDateTime(text, dateOrder);
  if (written === undefined) throw invalidDateTime(type, text);
  const { year, month, dayOfMonth, clock, zone } = written;
  const day = daysFromCivil(year, month, dayOfMonth);
  if (Number.isNaN(year) || day === undefined) throw fieldOutOfRange(text);
  const microseconds = clockOf(text, ...clock);
  const localSecond = day * 86_400 + Math.floor(microseconds / 1_000_000);
  const zoneSeconds = zone === undefined ? Number.NaN : readZone(text, zone, localSecond, timeZone);
  if (zoneSeconds === undefined) throw invalidDateTime(type, text);
  setDateTime(day, microseconds, zoneSeconds);
}

function readIsoDateTime(text: string): WrittenDateTime | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const shown = Number(match[1] ?? match[4]);
  const year = match[16]?.toUpperCase() === 'BC' ? 1 - shown : shown;
  return {
    // There is no year 0.
    year: shown === 0 ? Number.NaN : year,
    month: Number(match[2] ?? match[5]),
    dayOfMonth: Number(match[3] ?? match[6]),
    clock: match[11] === undefined ? match.slice(7, 11) : match.slice(11, 15),
    zone: match[15],
  };
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
  // Looked at, though it is left out.
  if (match[5] !== undefined) readZone(text, match[5], 0, 'UTC');
  setDateTime(0, clockOf(text, match[1], match[2], match[3], match[4]), Number.NaN);
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

function clockOf(text: string, hours = '0', minutes = '0', seconds = '0', fraction = ''): number {
  const hour = Number(hours);
  const minute = Number(minutes);
  const second = Number(seconds);
  const microseconds = roundHalfEven(Number(`0${fraction}`) * 1e6);
  const total = (hour * 3600 + minute * 60 + second) * 1_000_000 + microseconds;
  if (minute <= 59 && second <= 60 && total <= 86_400_000_000) return total;
  throw fieldOutOfRange(text);
}

function invalidDateTime(type: string, text: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_datetime_format,
    message: `invalid input syntax for type ${type}: "${text}"`,
    hint: 'Write dates and times in ISO style, such as 2024-02-29 12:30:00.5+01.',
  });
}

function fieldOutOfRange(text: string): PgError {
  const state = sqlstate.datetime_field_overflow;
  return new PgError({ sqlstate: state, message: `date/time field value out of range: "${text}"` });
}
