/** What ranges are made of: how their bounds are read, compared and printed. */
import { sqlstate } from '@riffq/wire';
import { UnsendableValue } from '../encode/unsendable-value.js';
import type { DateTimeContext } from './date-time-context.js';
import { isFault, stateOfFault } from './date-time-fault.js';
import { formatDecimal, parseDecimal, scaledInteger } from './decimal-text.js';
import { dateText, timestampText } from './moment-text.js';
import { readDateTime } from './read-date-time.js';

/** The elements of one type of ranges. */
export interface RangeElements<T> {
  /** @throws UnsendableValue for what is no value of the type */
  read(text: string, context: DateTimeContext): T;
  compare(one: T, other: T): number;
  print(value: T): string;
  /**
   * The next one, of a type whose ranges are kept as `[a,b)`; undefined behind an infinity.
   *
   * @throws UnsendableValue for the last one
   */
  readonly next?: (value: T) => T | undefined;
}

const INTEGER = /^\s*([+-]?)(0x_?[\da-f]+(?:_[\da-f]+)*|0o_?[0-7]+(?:_[0-7]+)*|0b_?[01]+(?:_[01]+)*|\d+(?:_\d+)*)\s*$/i;

/** int4 and int8. */
export function integerElements(name: string, bits: number): RangeElements<bigint> {
  const checked = (value: bigint, message: string): bigint => {
    if (BigInt.asIntN(bits, value) === value) return value;
    throw new UnsendableValue(sqlstate.numeric_value_out_of_range, message, `Give numbers of ${bits} bits.`);
  };
  return {
    read: (text) => {
      const [, sign, digits = ''] = INTEGER.exec(text) ?? [];
      if (sign === undefined) throw invalid(name, text, sqlstate.invalid_text_representation);
      const magnitude = BigInt(digits.replaceAll('_', '').replace(/^0+(?=\d)/, ''));
      return checked(sign === '-' ? -magnitude : magnitude, `value "${text}" is out of range for type ${name}`);
    },
    compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
    print: String,
    next: (value) => checked(value + 1n, `${name} out of range`),
  };
}

/** Where numeric sorts what is no number; numbers are 0. */
const ranks: ReadonlyMap<string, number> = new Map([
  ['-Infinity', -1],
  ['Infinity', 1],
  ['NaN', 2],
]);

/** Texts as numeric prints them. */
export const numericElements: RangeElements<string> = {
  read: (text) => {
    const number = parseDecimal(text);
    if (number !== undefined) return formatDecimal(number);
    const [, sign = '', word = ''] = /^\s*([+-]?)(nan|inf(?:inity)?)\s*$/i.exec(text) ?? [];
    if (word === '' || (sign !== '' && /^n/i.test(word))) {
      throw invalid('numeric', text, sqlstate.invalid_text_representation);
    }
    return /^n/i.test(word) ? 'NaN' : `${sign.replace('+', '')}Infinity`;
  },
  compare: (one, other) => {
    const [left, right] = [parseDecimal(one), parseDecimal(other)];
    if (left === undefined || right === undefined) return (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0);
    const scale = Math.max(left.scale, right.scale);
    const difference = scaledInteger(left, scale) - scaledInteger(right, scale);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  },
  print: (text) => text,
};

const MICROSECONDS_PER_DAY = 86_400_000_000;
/** The day after 5874897-12-31, where dates end, since 1970. */
const END_OF_DATES = 2_145_042_906;

/** Days since 1970, with infinities. */
export const dateElements: RangeElements<number> = {
  read: (text, context) => {
    const read = readDateTime(text, context);
    if (isFault(read)) throw invalid('date', text, stateOfFault(read));
    if (typeof read === 'string') return endOf(read);
    return read.day + Math.floor(read.microseconds / MICROSECONDS_PER_DAY);
  },
  compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
  print: (day) => endless(day) ?? dateText(day),
  next: (day) => {
    if (!Number.isFinite(day)) return undefined;
    if (day + 1 < END_OF_DATES) return day + 1;
    throw new UnsendableValue(sqlstate.datetime_field_overflow, 'date out of range', 'Give an earlier date.');
  },
};

/** Microseconds since 1970, or an infinity. */
export function timestampElements(name: string, zone: string): RangeElements<bigint | number> {
  return {
    read: (text, context) => {
      const read = readDateTime(text, context);
      if (isFault(read)) throw invalid(name, text, stateOfFault(read));
      if (typeof read === 'string') return endOf(read);
      return BigInt(read.day) * BigInt(MICROSECONDS_PER_DAY) + BigInt(read.microseconds);
    },
    compare: (one, other) => (one < other ? -1 : one > other ? 1 : 0),
    print: (moment) => (typeof moment === 'bigint' ? timestampText(moment, zone) : (endless(moment) ?? '')),
  };
}

function endOf(word: 'infinity' | '-infinity'): number {
  return word === 'infinity' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

function endless(value: number): string | undefined {
  if (Number.isFinite(value)) return undefined;
  return value > 0 ? 'infinity' : '-infinity';
}

function invalid(name: string, text: string, state: string): UnsendableValue {
  const message = `invalid input syntax for type ${name}: "${text}"`;
  return new UnsendableValue(state, message, `Give bounds that are values of ${name}.`);
}
