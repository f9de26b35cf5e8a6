/** Year, month and day out of numbers whose order tells which is which, as PostgreSQL's DecodeNumber reads them. */
import type { DateOrder } from '../input-settings.js';
import type { DateTimeFault } from './date-time-fault.js';
import { dateTimeWord } from './date-time-words.js';
import { daysFromCivil } from './iso-date-time.js';

/** Days from 4714-11-24 BC, with which Julian days begin, to 1970. */
const JULIAN_EPOCH = 2_440_588;

/** What is known of a date so far. */
export class CalendarFields {
  #year: number | undefined;
  #month: number | undefined;
  #day: number | undefined;
  #dayOfYear: number | undefined;
  /** Days since 1970, of a date that is no year, month and day. */
  #count: number | undefined;
  #isShortYear = false;
  #monthIsWord = false;
  beforeChrist: boolean | undefined;

  constructor(private readonly order: DateOrder) {}

  get isEmpty(): boolean {
    return this.#parts.every((part) => part === undefined);
  }

  get isComplete(): boolean {
    if (this.#count !== undefined) return true;
    if (this.#year === undefined) return false;
    return this.#dayOfYear !== undefined || (this.#month !== undefined && this.#day !== undefined);
  }

  /** A day as such; false if there is a date already. */
  setCount(days: number): boolean {
    if (!this.isEmpty) return false;
    this.#count = days;
    return true;
  }

  setJulianDay(days: number): boolean {
    return this.setCount(days - JULIAN_EPOCH);
  }

  /** `20240229` or `240229`. */
  setDigits(digits: string): boolean {
    if (!this.isEmpty) return false;
    const year = digits.slice(0, -4);
    this.#setYear(year);
    this.#month = Number(digits.slice(-4, -2));
    this.#day = Number(digits.slice(-2));
    return true;
  }

  /** A month by its name; what was taken for the month before is the day. */
  setMonthWord(month: number): boolean {
    if (this.#count !== undefined || this.#dayOfYear !== undefined) return false;
    if (this.#month !== undefined) {
      if (this.#monthIsWord || this.#day !== undefined || this.#month < 1 || this.#month > 31) return false;
      this.#day = this.#month;
    }
    this.#month = month;
    this.#monthIsWord = true;
    return true;
  }

  /** All of a date with separators within: `2024-02-29`, `29-Feb-2024`, `1999.008`. */
  setWritten(text: string): boolean {
    if (!this.isEmpty || !/[a-z\d]$/i.test(text)) return false;
    const parts = text.match(/\d+|[a-z]+/gi) ?? [];
    // A month that is a word says what the numbers are.
    for (const word of parts.filter((part) => !/\d/.test(part))) {
      const meaning = dateTimeWord(word);
      if (meaning?.kind === 'noise') continue;
      if (meaning?.kind !== 'month' || !this.setMonthWord(meaning.month)) return false;
    }
    return parts.filter((part) => /\d/.test(part)).every((part) => this.setNumber(part)) && this.isComplete;
  }

  /** One number of a date; false where there is no more need of one. */
  setNumber(digits: string): boolean {
    if (this.#count !== undefined || this.#dayOfYear !== undefined) return false;
    const value = Number(digits);
    const [year, month, day] = [this.#year, this.#month, this.#day].map((part) => part !== undefined);
    if (year && !month && !day && digits.length === 3 && value >= 1 && value <= 366) this.#dayOfYear = value;
    else if (!year && !month && !day) {
      if (digits.length >= 3 || this.order === 'YMD') this.#setYear(digits);
      else if (this.order === 'DMY') this.#day = value;
      else this.#month = value;
    } else if (year && !month && !day) this.#month = value;
    else if (!year && month && !day) {
      if (this.#monthIsWord && (digits.length >= 3 || this.order === 'YMD')) this.#setYear(digits);
      else this.#day = value;
    } else if (year && month && !day) this.#setLast(digits, value);
    else if (!year && !month && day) this.#month = value;
    else if (!year && month && day) this.#setYear(digits);
    else return false;
    return true;
  }

  /** Days since 1970. */
  toDays(): number | DateTimeFault {
    if (this.#count !== undefined) return this.beforeChrist === undefined ? this.#count : 'malformed';
    if (!this.isComplete || this.#year === undefined) return 'malformed';
    const year = this.#fullYear(this.#year);
    if (year === undefined) return 'field out of range';
    if (this.#dayOfYear === undefined) {
      const [month, day] = [this.#month ?? 0, this.#day ?? 0];
      if (month < 1 || month > 12 || day < 1 || day > 31) return 'month or day out of range';
      return daysFromCivil(year, month, day) ?? 'field out of range';
    }
    const first = daysFromCivil(year, 1, 1);
    return first === undefined ? 'field out of range' : first + this.#dayOfYear - 1;
  }

  get #parts(): readonly (number | undefined)[] {
    return [this.#year, this.#month, this.#day, this.#dayOfYear, this.#count];
  }

  #setYear(digits: string): void {
    this.#year = Number(digits);
    this.#isShortYear = digits.length <= 2;
  }

  /** The day behind year and month; but `08-Jan-1999` is one too, in which the first number was taken for a year. */
  #setLast(digits: string, value: number): void {
    if (this.#monthIsWord && digits.length >= 3 && this.#isShortYear) {
      this.#day = this.#year;
      this.#setYear(digits);
    } else this.#day = value;
  }

  /** In which 1 BC is the year 0; undefined for the year 0, which there is not. */
  #fullYear(year: number): number | undefined {
    if (this.beforeChrist === true) return year > 0 ? 1 - year : undefined;
    if (this.#isShortYear) return year < 70 ? year + 2000 : year + 1900;
    return year > 0 ? year : undefined;
  }
}
