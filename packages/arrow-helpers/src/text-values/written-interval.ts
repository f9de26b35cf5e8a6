/** Intervals in PostgreSQL's own style and SQL's, as DecodeInterval reads them: from their end, so that units come before their numbers. */

import type { IntervalParts } from '../text-output/interval-span.js';
import { type DateTimeToken, dateTimeTokens } from './date-time-tokens.js';
import { dateTimeWord } from './date-time-words.js';
import { type IntervalFault, IntervalSum, roundToEven } from './interval-sum.js';
import { type IntervalUnitName, intervalUnitOf, intervalUnits, isOtherUnit } from './interval-units.js';

type Endless = 'infinity' | '-infinity';

/** Which unit the next number is of: `any`, which is seconds, or what stood behind it; `none` takes no number. */
type Expected = IntervalUnitName | 'any' | 'none';

/** Each may be there once. */
type Field = IntervalUnitName;
const clockFields: readonly Field[] = ['hour', 'minute', 'second', 'millisecond', 'microsecond'];
const secondFields: readonly Field[] = ['second', 'millisecond', 'microsecond'];

const CLOCK = /^(\d+):(\d*)(?::(\d*))?(\.\d*)?$/;
const INTEGER = /^[+-]?\d*/;
const HOUR = 3_600_000_000n;
const MINUTE = 60_000_000n;
const SECOND = 1_000_000n;

/**
 * @param spreadsSign - a minus at the beginning is that of all numbers, if they have no signs of their own
 */
export function readWrittenInterval(text: string, spreadsSign: boolean): IntervalParts | Endless | IntervalFault {
  const tokens = dateTimeTokens(text);
  return tokens === undefined ? 'malformed' : new Reading(tokens, spreadsSign).result();
}

class Reading {
  readonly #sum = new IntervalSum();
  readonly #fields = new Set<Field>();
  readonly #isNegative: boolean;
  #expected: Expected = 'any';
  /** A unit has been read, and its number not yet. */
  #awaitsNumber = false;
  #isAgo = false;
  #endless: Endless | undefined;

  constructor(
    private readonly tokens: readonly DateTimeToken[],
    spreadsSign: boolean,
  ) {
    const [first, ...others] = tokens;
    this.#isNegative =
      spreadsSign && first?.text.startsWith('-') === true && !others.some(({ text }) => /^[+-]/.test(text));
  }

  result(): IntervalParts | Endless | IntervalFault {
    for (let at = this.tokens.length - 1; at >= 0; at -= 1) {
      const fault = this.#take(this.tokens[at]!, at === this.tokens.length - 1);
      if (fault !== undefined) return fault;
    }
    if (this.#awaitsNumber) return 'malformed';
    if (this.#endless !== undefined) return this.#endless;
    if (this.#fields.size === 0) return 'malformed';
    if (this.#isAgo && !this.#sum.negate()) return 'field out of range';
    return this.#sum.parts();
  }

  #take({ kind, text }: DateTimeToken, isLast: boolean): IntervalFault | undefined {
    if (kind === 'word') return this.#takeWord(text, isLast);
    this.#awaitsNumber = false;
    if (kind === 'time') return this.#takeClock(text, false);
    const isClock = kind === 'zone' && text.includes(':') && typeof readClock(text.slice(1)) === 'bigint';
    return isClock ? this.#takeClock(text.slice(1), text.startsWith('-')) : this.#takeNumber(text);
  }

  #takeClock(text: string, isNegative: boolean): IntervalFault | undefined {
    const clock = readClock(text);
    if (typeof clock === 'string') return clock;
    this.#sum.microseconds = isNegative || this.#isNegative ? -clock : clock;
    this.#expected = 'day';
    return this.#claim(clockFields);
  }

  #takeNumber(text: string): IntervalFault | undefined {
    const [written = ''] = INTEGER.exec(text) ?? [];
    const whole = written === '' ? 0n : BigInt(written);
    if (BigInt.asIntN(64, whole) !== whole) return 'field out of range';
    const rest = text.slice(written.length);
    const sign = written.startsWith('-') ? -1 : 1;
    if (rest.startsWith('-')) return this.#takeMonths(whole, sign, rest.slice(1));
    if (!/^(?:\.\d*)?$/.test(rest)) return 'malformed';
    if (this.#expected === 'none') return 'malformed';
    const name = this.#expected === 'any' ? 'second' : this.#expected;
    const fraction = Number(`0${rest}`) * sign;
    if (!this.#sum.add(this.#signed(whole), this.#signedFraction(fraction), intervalUnits[name])) {
      return 'field out of range';
    }
    this.#expected = name === 'hour' ? 'day' : name;
    return this.#claim(name === 'second' && fraction !== 0 ? secondFields : [name]);
  }

  /** Behind years, as SQL has them: `1-2`. */
  #takeMonths(years: bigint, sign: number, written: string): IntervalFault | undefined {
    const [months = ''] = /^\d*/.exec(written) ?? [];
    if (Number(months) > 11) return 'field out of range';
    if (months !== written) return 'malformed';
    const count = years * 12n + BigInt(sign * Number(months));
    this.#expected = 'month';
    if (!this.#sum.add(this.#signed(count), 0, intervalUnits.month)) return 'field out of range';
    return this.#claim(['month']);
  }

  #takeWord(text: string, isLast: boolean): IntervalFault | undefined {
    if (this.#awaitsNumber) return 'malformed';
    const unit = intervalUnitOf(text);
    if (unit !== undefined || isOtherUnit(text)) {
      this.#expected = unit ?? 'none';
      this.#awaitsNumber = true;
      return undefined;
    }
    if (text.toLowerCase() === 'ago') {
      this.#isAgo = true;
      this.#expected = 'none';
      return isLast ? undefined : 'malformed';
    }
    const word = dateTimeWord(text);
    if (word?.kind === 'noise') {
      this.#expected = 'any';
      return undefined;
    }
    if (!isLast || word?.kind !== 'special' || (word.name !== 'infinity' && word.name !== '-infinity')) {
      return 'malformed';
    }
    this.#endless = word.name;
    this.#expected = 'none';
    return this.#claim(['year', 'month', 'day', ...clockFields]);
  }

  #signed(value: bigint): bigint {
    return this.#isNegative && value > 0n ? -value : value;
  }

  #signedFraction(value: number): number {
    return this.#isNegative && value > 0 ? -value : value;
  }

  #claim(fields: readonly Field[]): IntervalFault | undefined {
    if (fields.some((field) => this.#fields.has(field))) return 'malformed';
    for (const field of fields) this.#fields.add(field);
    return undefined;
  }
}

/** Microseconds of `04:05`, `04:05:06.789`, or with a point behind two numbers, minutes and seconds. */
function readClock(text: string): bigint | IntervalFault {
  const match = CLOCK.exec(text);
  if (match === null) return 'malformed';
  const [, first = '', second = '', third, point = ''] = match;
  const isShort = third === undefined && point !== '';
  const [hours, minutes, seconds] = isShort ? ['0', first, second] : [first, second, third ?? ''];
  const fraction = BigInt(roundToEven(Number(`0${point}`) * 1e6));
  if (Number(minutes) > 59 || Number(seconds) > 60) return 'field out of range';
  const total = BigInt(hours) * HOUR + BigInt(minutes) * MINUTE + BigInt(seconds) * SECOND + fraction;
  return total < 2n ** 63n ? total : 'field out of range';
}
