/** Dates and timestamps as text: ISO 8601 as JavaScript writes it, and PostgreSQL's ISO style. */
import { roundHalfEven } from '../encode/time.js';
import { FIELD_OUT_OF_RANGE } from './unread-date-time.js';

const SECONDS_PER_DAY = 86_400;

/** A day and a time of that day, in UTC if the text named a zone. */
export interface DateTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** Microseconds since midnight; below zero or beyond the day where the zone moved it. */
  readonly microseconds: number;
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
 * these. Without a zone it is taken as it is. Fractions are rounded to microseconds.
 */
export function parseIsoDateTime(text: string): DateTime | typeof FIELD_OUT_OF_RANGE | undefined {
  const match = PATTERN.exec(text.trim().replace(COMPACT, expanded));
  if (match === null) return undefined;
  const [, year = '', month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z', beforeChrist] =
    match;
  const shownYear = Number(year);
  const days = daysFromCivil(beforeChrist === undefined ? shownYear : 1 - shownYear, Number(month), Number(day));
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  const isTime = Number(minute) <= 59 && Number(second) <= 60 && seconds <= SECONDS_PER_DAY;
  if (days === undefined || !isTime) return FIELD_OUT_OF_RANGE;
  const microseconds = roundHalfEven(Number(`0${fraction}`) * 1e6);
  return { day: days, microseconds: (seconds - zoneSeconds(zone)) * 1_000_000 + microseconds };
}

function zoneSeconds(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours, minutes, seconds] = [
    zone.slice(1, 3),
    zone.replaceAll(':', '').slice(3, 5),
    zone.replaceAll(':', '').slice(5),
  ];
  const magnitude = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return zone.startsWith('-') ? -magnitude : magnitude;
}

const CLOCK = /^(?:(\d\d?):(\d\d)(?::(\d\d)(\.\d*)?)?|(\d\d)(\d\d)(?:(\d\d)(\.\d*)?)?)(?:\s*([ap]m))?$/i;

/**
 * Microseconds since midnight of `12:30`, `12:30:15.5`, `123015`, `04:05 PM` or `allballs`, up to 24:00:00; undefined for what
 * is none. The second may be 60, which is the next minute's first.
 */
export function parseClock(input: string): number | typeof FIELD_OUT_OF_RANGE | undefined {
  const text = input.trim();
  if (text.toLowerCase() === 'allballs') return 0;
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const half = match[9]?.toLowerCase();
  const [minute, second] = [Number(match[2] ?? match[6]), Number(match[3] ?? match[7] ?? 0)];
  let hour = Number(match[1] ?? match[5]);
  if (minute > 59 || second > 60 || (half !== undefined && hour > 12)) return FIELD_OUT_OF_RANGE;
  if (half !== undefined) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  const microseconds = roundHalfEven(Number(`0${match[4] ?? match[8] ?? ''}`) * 1e6);
  const total = (hour * 3600 + minute * 60 + second) * 1_000_000 + microseconds;
  return total <= SECONDS_PER_DAY * 1_000_000 ? total : FIELD_OUT_OF_RANGE;
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
