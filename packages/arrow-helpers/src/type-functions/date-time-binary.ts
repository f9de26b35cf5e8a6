import { PgError, sqlstate } from '@riffq/wire';
import { Unconvertible } from './unconvertible.js';

const largestDay = 2 ** 31 - 1;
const smallestDay = -(2 ** 31);
const largestMoment = 2n ** 63n - 1n;
const smallestMoment = -(2n ** 63n);
const microsecondsPerDay = 86_400_000_000n;
/** Days from 0000-03-01, with which the calendar's 400-year cycle begins, to 2000-01-01. */
const daysToEpoch = 730_425;

/** 4714-11-24 BC and 5874897-12-31. */
const firstDay = -2_451_545;
const lastDay = 2_145_031_948;
/** The end of the year 294276. */
const endOfTimestamps = 106_751_983n * microsecondsPerDay;

const date = String.raw`(\d{4,7})-(\d\d)-(\d\d)`;
const clock = String.raw`(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?`;
const zone = String.raw`([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?`;
const patterns = {
  date: new RegExp(`^${date}( BC)?$`),
  time: new RegExp(`^${clock}$`),
  timetz: new RegExp(`^${clock}${zone}$`),
  timestamp: new RegExp(`^${date} ${clock}( BC)?$`),
  timestamptz: new RegExp(`^${date} ${clock}${zone}( BC)?$`),
};

/** date: days after 2000-01-01. */
export function dateToBinary(text: string): Uint8Array {
  const bytes = Buffer.alloc(4);
  if (text === 'infinity') bytes.writeInt32BE(largestDay);
  else if (text === '-infinity') bytes.writeInt32BE(smallestDay);
  else {
    const [year, month, day, era] = fields(patterns.date, text);
    const days = daysOf(year, month, day, era);
    if (days < firstDay || days > lastDay) throw outOfRange();
    bytes.writeInt32BE(days);
  }
  return bytes;
}

/** time: microseconds after midnight. */
export function timeToBinary(text: string): Uint8Array {
  return int64(microsecondsOf(fields(patterns.time, text)));
}

/** timetz: the same, and the seconds that the zone is west of UTC. */
export function timetzToBinary(text: string): Uint8Array {
  const parts = fields(patterns.timetz, text);
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64BE(microsecondsOf(parts));
  bytes.writeInt32BE(-secondsEast(parts.slice(4)), 8);
  return bytes;
}

/** timestamp: microseconds after 2000-01-01 00:00. */
export function timestampToBinary(text: string): Uint8Array {
  return infinite(text) ?? moment(momentOf(fields(patterns.timestamp, text), 7));
}

/** timestamptz: the same in UTC. */
export function timestamptzToBinary(text: string): Uint8Array {
  const endless = infinite(text);
  if (endless !== undefined) return endless;
  const parts = fields(patterns.timestamptz, text);
  return moment(momentOf(parts, 11) - BigInt(secondsEast(parts.slice(7))) * 1_000_000n);
}

function moment(microseconds: bigint): Uint8Array {
  const isKnown = microseconds >= BigInt(firstDay) * microsecondsPerDay && microseconds < endOfTimestamps;
  if (!isKnown) throw outOfRange();
  return int64(microseconds);
}

function infinite(text: string): Uint8Array | undefined {
  if (text === 'infinity') return int64(largestMoment);
  return text === '-infinity' ? int64(smallestMoment) : undefined;
}

type Fields = readonly (string | undefined)[];

function fields(pattern: RegExp, text: string): Fields {
  const match = pattern.exec(text);
  if (match === null) throw new Unconvertible('its text is not in ISO style');
  return match.slice(1);
}

function momentOf(parts: Fields, eraAt: number): bigint {
  const days = daysOf(parts[0], parts[1], parts[2], parts[eraAt]);
  return BigInt(days) * microsecondsPerDay + microsecondsOf(parts.slice(3));
}

/** The inverse of how dates are formatted: years are counted from March on, so that leap days come last. */
function daysOf(printedYear = '', printedMonth = '', printedDay = '', era?: string): number {
  const month = Number(printedMonth);
  if (month < 1 || month > 12) throw outOfRange();
  const year = (era === undefined ? Number(printedYear) : 1 - Number(printedYear)) - (month <= 2 ? 1 : 0);
  const cycle = Math.floor(year / 400);
  const yearOfCycle = year - cycle * 400;
  const monthFromMarch = month > 2 ? month - 3 : month + 9;
  const day = Number(printedDay);
  if (day < 1 || day > lengthOfMonth(month, year)) throw outOfRange();
  const dayOfYear = Math.trunc((153 * monthFromMarch + 2) / 5) + day - 1;
  const dayOfCycle = 365 * yearOfCycle + Math.trunc(yearOfCycle / 4) - Math.trunc(yearOfCycle / 100) + dayOfYear;
  return cycle * 146_097 + dayOfCycle - daysToEpoch;
}

/** @param yearFromMarch - the year that began in March, before it */
function lengthOfMonth(month: number, yearFromMarch: number): number {
  const year = yearFromMarch + 1;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function outOfRange(): PgError {
  return new PgError({ sqlstate: sqlstate.datetime_field_overflow, message: 'date/time field value out of range' });
}

function microsecondsOf([hours = '', minutes = '', seconds = '', fraction = '']: Fields): bigint {
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (Number(minutes) > 59 || Number(seconds) > 60 || whole > 86_400) throw outOfRange();
  return BigInt(whole * 1_000_000 + Number(fraction.padEnd(6, '0')));
}

function secondsEast([sign, hours = '0', minutes = '0', seconds = '0']: Fields): number {
  const distance = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return sign === '-' ? -distance : distance;
}

function int64(value: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}
