/**
 * Dates and timestamps in the styles that DateStyle knows beside ISO: `01/02/2024 03:04:05`, `17.12.1997`,
 * `Wed Dec 17 07:37:16 1997 PST`, `Jan 8, 1999`.
 */
import type { DateOrder } from '../input-settings.js';

/** A date and time as written, of which nothing is known to be in range. */
export interface WrittenDateTime {
  /** 1 BC is 0. */
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  /** Hours, minutes, seconds, and the fraction with its point. */
  readonly clock: readonly (string | undefined)[];
  readonly zone: string | undefined;
}

const BETWEEN = /[\s,]+/y;
const CLOCK = /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(\.\d*)?)?(?![\d:.])/y;
const OFFSET = /[+-]\d{1,2}(?::?\d\d(?::?\d\d)?)?(?![\d:])/y;
/** Three numbers, or two and the name of a month. */
const DATE = /(\d+|[a-z]+)([-/.])(\d+|[a-z]+)\2(\d+)(?![-/.:\w])/y;
const NUMBER = /\d+(?![-/.:\w])/y;
const WORD = /[a-z][\w/+-]*/y;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;
const WEEKDAY =
  /^(?:sun(?:day)?|mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?)$/;
const ERA = /^(?:ad|bc)$/;
const HALF = /^[ap]m$/;

/** Reads the text; undefined if it is none of these. */
export function readStyledDateTime(written: string, order: DateOrder): WrittenDateTime | undefined {
  const text = written.toLowerCase();
  /** Numbers of the date, and the name of its month, as they come. */
  const parts: string[] = [];
  const words = new Map<'era' | 'half' | 'zone', string>();
  let clock: WrittenDateTime['clock'] | undefined;
  for (let at = 0; at < text.length; ) {
    const match = <T extends RegExp>(pattern: T): RegExpExecArray | null => {
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (found !== null) at = pattern.lastIndex;
      return found;
    };
    if (match(BETWEEN) !== null) continue;
    const date = match(DATE);
    if (date !== null) {
      parts.push(date[1]!, date[3]!, date[4]!);
      continue;
    }
    const time = clock === undefined ? match(CLOCK) : match(OFFSET);
    const number = time === null ? match(NUMBER) : null;
    const word = time === null && number === null ? match(WORD)?.[0] : undefined;
    if (time !== null && clock === undefined) clock = time.slice(1);
    else if (time !== null && !words.has('zone')) words.set('zone', time[0]);
    else if (number !== null) parts.push(number[0]);
    else if (word === undefined) return undefined;
    else if (MONTH.test(word)) parts.push(word);
    else if (!WEEKDAY.test(word)) {
      const kind = ERA.test(word) ? 'era' : HALF.test(word) ? 'half' : 'zone';
      if (words.has(kind) || (kind === 'half' && clock === undefined)) return undefined;
      words.set(kind, word);
    }
  }
  const date = dateOf(parts, order);
  if (date === undefined) return undefined;
  const { month, dayOfMonth, yearDigits } = date;
  const year = yearOf(yearDigits, words.get('era') === 'bc');
  return { year, month, dayOfMonth, clock: ofHalf(clock ?? [], words.get('half')), zone: words.get('zone') };
}

interface WrittenDate {
  readonly yearDigits: string;
  readonly month: number;
  readonly dayOfMonth: number;
}

/** Which part is what: a name is a month, three digits or more are a year, and the rest goes by the order. */
function dateOf(parts: readonly string[], order: DateOrder): WrittenDate | undefined {
  const [first = '', second = '', third] = parts;
  if (parts.length !== 3 || third === undefined) return undefined;
  const named = parts.findIndex((part) => MONTH.test(part));
  const isYearFirst = first.length > 2 || order === 'YMD';
  if (named < 0) {
    if (!parts.every((part) => /^\d+$/.test(part))) return undefined;
    if (isYearFirst) return { yearDigits: first, month: Number(second), dayOfMonth: Number(third) };
    const [day, month] = order === 'DMY' ? [first, second] : [second, first];
    return { yearDigits: third, month: Number(month), dayOfMonth: Number(day) };
  }
  const month = MONTHS.indexOf(parts[named]!.slice(0, 3)) + 1;
  const [front = '', back = ''] = parts.filter((_, index) => index !== named);
  if (!/^\d+$/.test(front) || !/^\d+$/.test(back)) return undefined;
  const takesFront = front.length > 2 || (order === 'YMD' && back.length <= 2);
  return takesFront
    ? { yearDigits: front, month, dayOfMonth: Number(back) }
    : { yearDigits: back, month, dayOfMonth: Number(front) };
}

/** Two digits are of the years 1970 to 2069; there is no year 0, which is shown as NaN. */
function yearOf(digits: string, isBeforeChrist: boolean): number {
  const year = Number(digits);
  if (isBeforeChrist) return year === 0 ? Number.NaN : 1 - year;
  if (digits.length <= 2) return year < 70 ? year + 2000 : year + 1900;
  return year === 0 ? Number.NaN : year;
}

/** The clock in 24 hours; hours that half a day does not have are made some that no day has. */
function ofHalf(clock: WrittenDateTime['clock'], half: string | undefined): WrittenDateTime['clock'] {
  if (half === undefined) return clock;
  const [hours, ...rest] = clock;
  const hour = Number(hours);
  return [String(hour > 12 ? 99 : (hour % 12) + (half === 'pm' ? 12 : 0)), ...rest];
}
