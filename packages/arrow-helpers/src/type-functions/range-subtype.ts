import { PgError, sqlstate } from '@riffq/wire';
import { LAST_DAY } from '../postgres-calendar.js';
import { dateTimeOutOfRange } from '../text-values/date-time-error.js';
import type { Endless } from '../text-values/date-time-reading.js';
import { dateType } from './date-type.js';
import { int4Type, int8Type } from './integer-types.js';
import { numericType } from './numeric-type.js';
import { timestampType, timestamptzType } from './timestamp-types.js';
import type { TypeFunctions } from './type-functions.js';

/** What ranges of a type are over. */
export interface RangeSubtype<T> extends TypeFunctions<T> {
  compare(first: T, second: T): number;
  /**
   * The value that comes next, of subtypes whose ranges are printed as `[first,end)`; undefined where there is none.
   *
   * @throws PgError 22003 or 22008 for the last one
   */
  next?(value: T): T | undefined;
}

/** The subtypes of PostgreSQL's own ranges, by what stands before `range` in their names. */
export const int4Subtype: RangeSubtype<number> = {
  ...int4Type,
  compare: (first, second) => first - second,
  next: (value) => {
    if (value < 2 ** 31 - 1) return value + 1;
    throw outOfRange('integer');
  },
};

export const int8Subtype: RangeSubtype<bigint> = {
  ...int8Type,
  compare: compareSimply,
  next: (value) => {
    if (value < 2n ** 63n - 1n) return value + 1n;
    throw outOfRange('bigint');
  },
};

export const numericSubtype: RangeSubtype<string> = { ...numericType, compare: compareNumerics };

export const dateSubtype: RangeSubtype<number | Endless> = {
  ...dateType,
  compare: (first, second) => compareSimply(placeOf(first), placeOf(second)),
  next: (day) => {
    if (typeof day === 'string') return undefined;
    if (day < LAST_DAY) return day + 1;
    throw dateTimeOutOfRange('date');
  },
};

export const timestampSubtype: RangeSubtype<bigint | Endless> = { ...timestampType, compare: compareMoments };

export const timestamptzSubtype: RangeSubtype<bigint | Endless> = { ...timestamptzType, compare: compareMoments };

function outOfRange(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message: `${name} out of range` });
}

function compareMoments(first: bigint | Endless, second: bigint | Endless): number {
  return compareSimply(placeOf(first), placeOf(second));
}

/** The infinities are before and behind all others. */
function placeOf<T extends number | bigint>(value: T | Endless): T | number {
  if (typeof value !== 'string') return value;
  return value === 'infinity' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function compareSimply(first: number | bigint, second: number | bigint): number {
  return first < second ? -1 : first > second ? 1 : 0;
}

const specials = ['-Infinity', '', 'Infinity', 'NaN'];

/** Compares by the texts that they have without exponents: their numbers may be longer than arithmetic is quick with. */
function compareNumerics(first: string, second: string): number {
  const rank = (text: string): number => (specials.includes(text) ? specials.indexOf(text) : 1);
  if (rank(first) !== rank(second) || rank(first) !== 1) return rank(first) - rank(second);
  const isNegative = first.startsWith('-');
  if (isNegative !== second.startsWith('-')) return isNegative ? -1 : 1;
  return isNegative ? compareMagnitudes(second.slice(1), first.slice(1)) : compareMagnitudes(first, second);
}

function compareMagnitudes(first: string, second: string): number {
  const [integer = '', fraction = ''] = first.split('.');
  const [otherInteger = '', otherFraction = ''] = second.split('.');
  if (integer.length !== otherInteger.length) return integer.length - otherInteger.length;
  const length = Math.max(fraction.length, otherFraction.length);
  const [digits, otherDigits] = [
    integer + fraction.padEnd(length, '0'),
    otherInteger + otherFraction.padEnd(length, '0'),
  ];
  return digits < otherDigits ? -1 : digits > otherDigits ? 1 : 0;
}
