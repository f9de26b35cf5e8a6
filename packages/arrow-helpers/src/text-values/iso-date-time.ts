/** Dates and timestamps as text: ISO 8601 as JavaScript writes it, and PostgreSQL's ISO style. */
import { roundHalfEven } from '../text-output/rounding.js';
import type { DateTimeFault } from './date-time-fault.js';

export const SECONDS_PER_DAY = 86_400;
/** PostgreSQL's zones stay below 16 hours from UTC. */
export const MOST_ZONE_HOURS = 15;

/** A day and a time of that day. */
export interface DateTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Microseconds since midnight; below zero or beyond the day where a zone moved it. */
  readonly microseconds: number;
}

/** A date and time as its text has it. */
export interface IsoDateTime extends DateTime {
  /** Seconds to the east of Greenwich; undefined where the text names no zone. */
  readonly zone: number | undefined;
}

const PATTERN =
  /^([+-]\d{6}|\d{4,7})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?)?( BC)?$/;

/** `20240229` and `20240229T123000`, ISO 8601's basic format. */
const COMPACT = /^(\d{4})(\d\d)(\d\d)(?:([T ])(\d\d)(\d\d)(\d\d))?/;

function expanded(_: string, ...[year, month, day, between, hour, minute, second]: readonly string[]): string {
  const date = `${year}-${month}-${day}`;
  return hour === undefined ? date : `${date}${between}${hour}:${minute}:${second}`;
}

/**
 * Reads `2024-02-29`, `2024-02-29T12:30:00.5Z`, `2024-02-29 12:30:00.5+01`, `20240229T123000`, `0044-03-15 BC`; undefined if it is none of
 * these. Fractions are rounded to microseconds.
 */
export function parseIsoDateTime(text: string): IsoDateTime | DateTimeFault | undefined {
  const match = PATTERN.exec(text.trim().replace(COMPACT, expanded));
  if (match === null) return undefined;
  const [, year = '', month, day, hour = '0', minute = '0', second = '0', fraction = '', zone, beforeChrist] = match;
  const shownYear = Number(year);
  const days = daysFromCivil(beforeChrist === undefined ? shownYear : 1 - shownYear, Number(month), Number(day));
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const isTime = Number(minute) <= 59 && Number(second) <= 60 && seconds <= SECONDS_PER_DAY;
  if (days === undefined || !isTime || year === '0000') return 'field out of range';
  const offset = zone === undefined ? undefined : zoneSeconds(zone);
  if (Number.isNaN(offset)) return 'zone out of range';
  const microseconds = roundHalfEven(Number(`0${fraction}`) * 1e6);
  return { day: days, microseconds: seconds * 1_000_000 + microseconds, zone: offset };
}

/** NaN for a zone that is too far from UTC. */
function zoneSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replaceAll(':', '');
  const hours = Number(digits.slice(0, 2));
  const magnitude = hours * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4));
  if (hours > MOST_ZONE_HOURS) return Number.NaN;
  return zone.startsWith('-') ? 0 - magnitude : magnitude;
}

const CLOCK = /^(?:(\d\d?):(\d\d)(?::(\d\d)(\.\d*)?)?|(\d\d)(\d\d)(?:(\d\d)(\.\d*)?)?)(?:\s*([ap]m))?$/i;

/**
 * Microseconds since midnight of `12:30`, `12:30:15.5`, `123015`, `04:05 PM` or `allballs`, up to 24:00:00; undefined for what
 * is none. The second may be 60, which is the next minute's first.
 */
export function parseClock(input: string): number | DateTimeFault | undefined {
  const text = input.trim();
  if (text.toLowerCase() === 'allballs') return 0;
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const half = match[9]?.toLowerCase();
  const [minute, second] = [Number(match[2] ?? match[6]), Number(match[3] ?? match[7] ?? 0)];
  let hour = Number(match[1] ?? match[5]);
  if (minute > 59 || second > 60 || (half !== undefined && hour > 12)) return 'field out of range';
  if (half !== undefined) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  const microseconds = roundHalfEven(Number(`0${match[4] ?? match[8] ?? ''}`) * 1e6);
  const total = (hour * 3600 + minute * 60 + second) * 1_000_000 + microseconds;
  return total <= SECONDS_PER_DAY * 1_000_000 ? total : 'field out of range';
}

const MONTH_DAYS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days since 1970-01-01 of a day of the proleptic Gregorian calendar, in which the year 0 is 1 BC. */
export function daysFromCivil(year: number, month: number, day: number): number | undefined {
  const monthDays = MONTH_DAYS[month - 1];
  if (monthDays === undefined || day < 1 || day > monthDays) return undefined;
  if (month === 2 && day === 29 && (year % 4 !== 0 || (year % 100 === 0 && year % 400 !== 0))) return undefined;
  // Howard Hinnant's days_from_civil: years begin in March, in eras of 400 years.
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
