/**
 * What `interval day to second(3)` makes of an interval. The modifier has the fields as bits above and the digits of a second
 * below (AdjustIntervalForTypmod).
 */
import { sqlstate } from '@riffq/wire';
import type { IntervalParts } from '../text-output/interval-span.js';
import { infiniteSign } from '../text-values/interval-text.js';
import { UnsendableValue } from '../unsendable-value.js';
import { MAXIMUM_DIGITS, roundTime } from './round-seconds.js';

const ALL_FIELDS = 0x7fff;
const ALL_DIGITS = 0xffff;
const MICROSECONDS_PER_HOUR = 3_600_000_000n;
const MICROSECONDS_PER_MINUTE = 60_000_000n;

/** The bits of the fields, from the largest on. */
const fieldBits = {
  year: 1 << 2,
  month: 1 << 1,
  day: 1 << 3,
  hour: 1 << 10,
  minute: 1 << 11,
  second: 1 << 12,
} as const;

const fieldNames = Object.keys(fieldBits);

/**
 * Packs the modifier of an interval.
 *
 * @param fields - as SQL has them behind the name: `day to second`, or nothing
 * @returns undefined for fields that SQL does not have
 */
export function packIntervalModifier(fields: string, digits: number | undefined): number | undefined {
  const bits = fields === '' ? ALL_FIELDS : bitsOf(fields);
  const takesDigits = fields === '' || fields.endsWith('second');
  if (bits === undefined || (digits !== undefined && (!takesDigits || digits > MAXIMUM_DIGITS))) return undefined;
  if (fields === '' && digits === undefined) return -1;
  return (bits << 16) | (digits ?? ALL_DIGITS);
}

const allFields = fieldNames.flatMap((from) => [from, ...fieldNames.map((to) => `${from} to ${to}`)]);

/** Whether an interval can have the packed modifier. */
export function isIntervalModifier(typeModifier: number): boolean {
  const digits = digitsOf(typeModifier);
  return ['', ...allFields].some(
    (fields) => packIntervalModifier(fields, digits === ALL_DIGITS ? undefined : digits) === typeModifier,
  );
}

function bitsOf(fields: string): number | undefined {
  const [first = '', to, last = first, ...rest] = fields.split(' ');
  const [from, until] = [fieldNames.indexOf(first), fieldNames.indexOf(last)];
  if (from < 0 || until < from || rest.length > 0 || (to !== undefined && (to !== 'to' || from === until)))
    return undefined;
  // Months have no fixed number of days: year to month stands alone.
  if (from < 2 && until >= 2) return undefined;
  return Object.values(fieldBits)
    .slice(from, until + 1)
    .reduce<number>((bits, bit) => bits | bit, 0);
}

/** Whether the modifier leaves every interval as it is. */
export function keepsIntervals(typeModifier: number): boolean {
  return typeModifier < 0 || (smallestField(typeModifier) === 'second' && digitsOf(typeModifier) >= MAXIMUM_DIGITS);
}

/**
 * Cuts off the fields that the type does not have, and rounds the seconds.
 *
 * @throws UnsendableValue 22008 for an interval that is too long then
 */
export function fitInterval(parts: IntervalParts, typeModifier: number): IntervalParts {
  if (infiniteSign(parts) !== 0) return parts;
  const { months, days, microseconds } = parts;
  switch (smallestField(typeModifier)) {
    case 'year':
      return { months: Math.trunc(months / 12) * 12, days: 0, microseconds: 0n };
    case 'month':
      return { months, days: 0, microseconds: 0n };
    case 'day':
      return { months, days, microseconds: 0n };
    case 'hour':
      return { months, days, microseconds: microseconds - (microseconds % MICROSECONDS_PER_HOUR) };
    case 'minute':
      return { months, days, microseconds: microseconds - (microseconds % MICROSECONDS_PER_MINUTE) };
    default: {
      const rounded = roundTime(microseconds, digitsOf(typeModifier));
      if (BigInt.asIntN(64, rounded) !== rounded) throw outOfRange();
      return { months, days, microseconds: rounded };
    }
  }
}

function smallestField(typeModifier: number): keyof typeof fieldBits {
  const bits = typeModifier >> 16;
  if (bits === ALL_FIELDS || (bits & fieldBits.second) !== 0) return 'second';
  if ((bits & fieldBits.minute) !== 0) return 'minute';
  if ((bits & fieldBits.hour) !== 0) return 'hour';
  if ((bits & fieldBits.day) !== 0) return 'day';
  return (bits & fieldBits.month) !== 0 ? 'month' : 'year';
}

function digitsOf(typeModifier: number): number {
  return typeModifier & 0xffff;
}

function outOfRange(): UnsendableValue {
  const hint = 'Declare the column with more digits of a second.';
  return new UnsendableValue(sqlstate.datetime_field_overflow, 'interval out of range', hint);
}
