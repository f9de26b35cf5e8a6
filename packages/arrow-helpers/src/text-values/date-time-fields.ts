/**
 * The fields of a date and a time while they are read, as PostgreSQL's DecodeDate, DecodeNumber and DecodeNumberField fill them: the order
 * of numbers tells which is which.
 */

import type { DateOrder } from '../input-settings.js';
import { roundHalfEven } from '../text-output/rounding.js';
import { type ClockTime, readClockToken } from './clock-text.js';
import { type DateTimeFault, isFault } from './date-time-fault.js';
import { dateTimeWord } from './date-time-words.js';
import { daysFromCivil } from './iso-date-time.js';

/** Which fields there are, as bits: each may be there once. */
export const field = {
  year: 1,
  month: 2,
  day: 4,
  dayOfYear: 8,
  time: 16,
  zone: 32,
  daylight: 64,
  half: 128,
  era: 256,
  weekday: 512,
} as const;

export const DATE = field.year | field.month | field.day;

/** Days from 4714-11-24 BC, with which Julian days begin, to 1970. */
const JULIAN_EPOCH = 2_440_588;
const MICROSECONDS_PER_DAY = 86_400_000_000;

/** What was read, as bits, or why it is wrong. */
export type Read = number | DateTimeFault;

const PART = /[^a-z\d]*(?:(\d+|[a-z]+)(.?)|$)/iy;

/** Numbers and words; one character behind each is left out, whatever it is. Undefined where nothing comes behind a separator. */
function partsOf(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  for (PART.lastIndex = 0; PART.lastIndex < text.length; ) {
    const [, part] = PART.exec(text) ?? [];
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

/** The year, month, day and time so far. */
export class DateTimeFields {
  year = 0;
  month = 0;
  day = 0;
  #dayOfYear = 0;
  /** Days since 1970, of a date that is no year, month and day. */
  #count: number | undefined;
  #isShortYear = false;
  #hasMonthWord = false;
  isBeforeChrist = false;
  time: ClockTime = { seconds: 0, microseconds: 0 };

  constructor(private readonly order: DateOrder) {}

  /** A day as such. */
  setCount(days: number): Read {
    this.#count = days;
    return DATE;
  }

  /** `2451187` or `2451187.5`, with the time that the fraction is. */
  setJulianDay(text: string): Read {
    const match = /^(\d+)(?:\.(\d*))?$/.exec(text);
    if (match === null) return 'malformed';
    const [, days = '', fraction] = match;
    if (Number(days) >= 2 ** 31) return 'field out of range';
    this.#count = Number(days) - JULIAN_EPOCH;
    if (fraction === undefined) return DATE;
    const microseconds = Math.round(Number(`0.${fraction}`) * MICROSECONDS_PER_DAY);
    this.time = { seconds: Math.floor(microseconds / 1e6), microseconds: microseconds % 1e6 };
    return DATE | field.time;
  }

  /** `12:30:15.5` */
  setClock(text: string): Read {
    const time = readClockToken(text);
    if (isFault(time)) return time;
    this.time = time;
    return field.time;
  }

  /** A month by its name; what was taken for the month before is the day. */
  setMonthWord(month: number, known: number): Read {
    let read: number = field.month;
    const hasMonth = (known & field.month) !== 0 && !this.#hasMonthWord && (known & field.day) === 0;
    if (hasMonth && this.month >= 1 && this.month <= 31) {
      this.day = this.month;
      read = field.day;
    }
    this.#hasMonthWord = true;
    this.month = month;
    return read;
  }

  /** All of a date with separators within: `2024-02-29`, `29-Feb-2024`, `1999.008`. */
  setWritten(text: string, known: number): Read {
    const parts = partsOf(text);
    if (parts === undefined) return 'malformed';
    let all = known;
    let hasWord = false;
    for (const word of parts.filter((part) => !/\d/.test(part))) {
      const meaning = dateTimeWord(word);
      if (meaning?.kind === 'noise') continue;
      if (meaning?.kind !== 'month' || (all & field.month) !== 0) return 'malformed';
      this.month = meaning.month;
      hasWord = true;
      all |= field.month;
    }
    for (const number of parts.filter((part) => /\d/.test(part))) {
      const read = this.setNumber(number, all, hasWord);
      if (typeof read === 'string') return read;
      if ((read & all) !== 0) return 'malformed';
      all |= read;
    }
    // Nothing else may stand before a date that is written in one.
    return (all & ~(field.dayOfYear | field.zone)) === DATE ? all & ~known : 'malformed';
  }

  /** One number; beside a date it is a time. */
  setNumber(text: string, known: number, hasMonthWord = this.#hasMonthWord): Read {
    const [digits = '', fraction] = text.split('.');
    const value = Number(digits);
    if (value >= 2 ** 31) return 'field out of range';
    if (digits === '') return 'malformed';
    if (fraction !== undefined && digits.length > 2) return this.setDigits(text, known | DATE);
    // What is written behind a point here is a fraction of a second, which a date has not.
    const { length } = text;
    const dated = known & DATE;
    if (length === 3 && dated === field.year && value >= 1 && value <= 366) {
      this.#dayOfYear = value;
      return field.dayOfYear | field.month | field.day;
    }
    switch (dated) {
      case 0:
        if (length >= 3 || this.order === 'YMD') return this.#setYear(value, length);
        return this.order === 'DMY' ? this.#setDay(value) : this.#setMonth(value);
      case field.year:
      case field.day:
        return this.#setMonth(value);
      case field.month:
        if (hasMonthWord && (length >= 3 || this.order === 'YMD')) return this.#setYear(value, length);
        return this.#setDay(value);
      case field.year | field.month:
        if (!hasMonthWord || length < 3 || !this.#isShortYear) return this.#setDay(value);
        // `08-Jan-1999`: the first number was taken for a year.
        this.day = this.year;
        this.year = value;
        this.#isShortYear = false;
        return field.day;
      case field.month | field.day:
        return this.#setYear(value, length);
      default:
        return this.setDigits(text, known);
    }
  }

  /** `20240229`, `240229`; beside a date `040506.789`, `0405`. */
  setDigits(text: string, known: number): Read {
    const match = /^(\d*)(\.\d*)?$/.exec(text);
    if (match === null) return 'malformed';
    const [, digits = '', fraction] = match;
    if (fraction === undefined && (known & DATE) !== DATE && digits.length >= 6) {
      this.day = Number(digits.slice(-2));
      this.month = Number(digits.slice(-4, -2));
      // Of longer years C keeps the lower 32 bits.
      this.year = Number(digits.slice(0, -4)) | 0;
      if (digits.length === 6) this.#isShortYear = true;
      return DATE;
    }
    if ((known & field.time) !== 0 || (digits.length !== 6 && digits.length !== 4)) return 'malformed';
    const [hours, minutes, seconds] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
    this.time = {
      seconds: (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0),
      microseconds: roundHalfEven(Number(`0${fraction ?? ''}`) * 1e6),
      isOdd: (minutes ?? 0) > 59 || (seconds ?? 0) > 60,
    };
    return field.time;
  }

  /** Why the fields are no date, as far as they are there. */
  fault(known: number): DateTimeFault | undefined {
    if (this.#count !== undefined) return undefined;
    const hasYear = (known & field.year) !== 0;
    if (hasYear && (this.isBeforeChrist || !this.#isShortYear) && this.year <= 0) return 'field out of range';
    if ((known & field.dayOfYear) !== 0) return undefined;
    if ((known & field.month) !== 0 && (this.month < 1 || this.month > 12)) return 'month or day out of range';
    if ((known & field.day) !== 0 && (this.day < 1 || this.day > 31)) return 'month or day out of range';
    return (known & DATE) === DATE && this.days(known) === undefined ? 'field out of range' : undefined;
  }

  /** Days since 1970 of a date that is complete; undefined for a day that the month has not. */
  days(known: number): number | undefined {
    if (this.#count !== undefined) return this.#count;
    const year = this.#fullYear();
    if ((known & field.dayOfYear) === 0) return daysFromCivil(year, this.month, this.day);
    return daysFromCivil(year, 1, 1)! + this.#dayOfYear - 1;
  }

  /** In which 1 BC is the year 0. */
  #fullYear(): number {
    if (this.isBeforeChrist) return 1 - this.year;
    if (!this.#isShortYear || this.year > 99) return this.year;
    return this.year < 70 ? this.year + 2000 : this.year + 1900;
  }

  #setYear(value: number, length: number): Read {
    this.year = value;
    this.#isShortYear = length <= 2;
    return field.year;
  }

  #setMonth(value: number): Read {
    this.month = value;
    return field.month;
  }

  #setDay(value: number): Read {
    this.day = value;
    return field.day;
  }
}
