/** Dates and times of our era as PostgreSQL prints them in ISO style. */
import { daysFromCivil } from '../text-values/iso-date-time.js';

const ZERO = 0x30;
const DATE_LENGTH = 10;
const CLOCK_LENGTH = 8;
const MOST_DECIMALS = 6;
/** `+00` */
const UTC = [0x2b, ZERO, ZERO] as const;

/** `2024-02-29` */
export function isWrittenDate(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === DATE_LENGTH && isDate(bytes, start);
}

/** `12:30:00.5` */
export function isWrittenTime(bytes: Uint8Array, start: number, end: number): boolean {
  if (!isClock(bytes, start)) return false;
  const point = start + CLOCK_LENGTH;
  if (end <= point) return end === point;
  const decimals = end - point - 1;
  if (bytes[point] !== 0x2e || decimals < 1 || decimals > MOST_DECIMALS || bytes[end - 1] === ZERO) return false;
  for (let at = point + 1; at < end; at++) if (!isDigit(bytes[at])) return false;
  return true;
}

/** `2024-02-29 12:30:00.5` */
export function isWrittenTimestamp(bytes: Uint8Array, start: number, end: number): boolean {
  const clock = start + DATE_LENGTH + 1;
  return bytes[clock - 1] === 0x20 && isDate(bytes, start) && isWrittenTime(bytes, clock, end);
}

/** `2024-02-29 12:30:00.5+00` */
export function isWrittenInUtc(bytes: Uint8Array, start: number, end: number): boolean {
  const zone = end - UTC.length;
  return UTC.every((byte, at) => bytes[zone + at] === byte) && isWrittenTimestamp(bytes, start, zone);
}

function isDate(bytes: Uint8Array, start: number): boolean {
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return false;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  if (!(year > 0)) return false;
  return daysFromCivil(year, twoDigits(bytes, start + 5), twoDigits(bytes, start + 8)) !== undefined;
}

function isClock(bytes: Uint8Array, start: number): boolean {
  if (bytes[start + 2] !== 0x3a || bytes[start + 5] !== 0x3a) return false;
  return twoDigits(bytes, start) <= 23 && twoDigits(bytes, start + 3) <= 59 && twoDigits(bytes, start + 6) <= 59;
}

/** NaN for what are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const [high, low] = [bytes[at], bytes[at + 1]];
  return isDigit(high) && isDigit(low) ? (high - ZERO) * 10 + low - ZERO : Number.NaN;
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}
