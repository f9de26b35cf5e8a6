/** Intervals while they are read: amounts of units are added one after the other, in the widths and with the rounding that PostgreSQL has. */

import type { IntervalParts } from '../text-output/interval-span.js';

/** Why a text is no interval: a number may be too large for its field, or years and months together. */
export type IntervalFault = 'malformed' | 'field out of range' | 'out of range';

export function isIntervalFault(value: unknown): value is IntervalFault {
  return value === 'malformed' || value === 'field out of range' || value === 'out of range';
}

/** What an amount of a unit is added to; a unit of time counts microseconds. */
export type IntervalUnit =
  | { readonly kind: 'years' | 'days'; readonly count: number }
  | { readonly kind: 'months' }
  | { readonly kind: 'time'; readonly microseconds: number };

const DAYS_PER_MONTH = 30;
const MONTHS_PER_YEAR = 12;
const MICROSECONDS_PER_DAY = 86_400_000_000;

/** A sum of amounts. What adds to it tells whether there was room. */
export class IntervalSum {
  #years = 0;
  #months = 0;
  #days = 0;
  microseconds = 0n;

  /** Adds a whole number of units and a fraction of one, which is carried over to smaller ones. */
  add(whole: bigint, fraction: number, unit: IntervalUnit): boolean {
    switch (unit.kind) {
      case 'time':
        return this.#addTime(whole * BigInt(unit.microseconds)) && this.#addFractionOfTime(fraction, unit.microseconds);
      case 'days':
        return this.#addDays(whole, unit.count) && this.#addFractionOfDays(fraction, unit.count);
      case 'months':
        return this.#addMonths(Number(whole)) && this.#addFractionOfDays(fraction, DAYS_PER_MONTH);
      case 'years':
        return (
          this.#addYears(whole, unit.count) && this.#addMonths(roundToEven(fraction * unit.count * MONTHS_PER_YEAR))
        );
    }
  }

  /** The other sign for all; false where a part has no such number. */
  negate(): boolean {
    this.#years = 0 - this.#years;
    this.#months = 0 - this.#months;
    this.#days = 0 - this.#days;
    this.microseconds = -this.microseconds;
    return isInt32(this.#years) && isInt32(this.#months) && isInt32(this.#days) && isInt64(this.microseconds);
  }

  parts(): IntervalParts | IntervalFault {
    const months = this.#years * MONTHS_PER_YEAR + this.#months;
    return isInt32(months) ? { months, days: this.#days, microseconds: this.microseconds } : 'out of range';
  }

  #addYears(whole: bigint, count: number): boolean {
    const years = Number(whole) * count;
    this.#years += years;
    return isInt32(years) && isInt32(this.#years);
  }

  #addMonths(months: number): boolean {
    this.#months += months;
    return isInt32(months) && isInt32(this.#months);
  }

  #addDays(whole: bigint, count: number): boolean {
    const days = Number(whole) * count;
    this.#days += days;
    return isInt32(days) && isInt32(this.#days);
  }

  #addTime(microseconds: bigint): boolean {
    this.microseconds += microseconds;
    return isInt64(microseconds) && isInt64(this.microseconds);
  }

  #addFractionOfDays(fraction: number, count: number): boolean {
    // Not -0, of which there is none among integers.
    const days = Math.trunc(fraction * count) + 0;
    return this.#addDays(BigInt(days), 1) && this.#addFractionOfTime(fraction * count - days, MICROSECONDS_PER_DAY);
  }

  /** Halves go to zero. */
  #addFractionOfTime(fraction: number, unit: number): boolean {
    const exact = fraction * unit;
    const whole = Math.trunc(exact);
    const rest = exact - whole;
    return this.#addTime(BigInt(whole + (rest > 0.5 ? 1 : rest < -0.5 ? -1 : 0)));
  }
}

function isInt32(value: number): boolean {
  return value >= -(2 ** 31) && value < 2 ** 31;
}

function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** As C's rint(). */
export function roundToEven(value: number): number {
  const rounded = Math.round(value);
  const isHalf = Math.abs(value - Math.trunc(value)) === 0.5;
  return (isHalf && rounded % 2 !== 0 ? rounded - 1 : rounded) + 0;
}
