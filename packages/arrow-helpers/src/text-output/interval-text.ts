/** Intervals as PostgreSQL's EncodeInterval prints them, in each IntervalStyle. */
import type { IntervalStyle } from '../output-settings.js';
import { type IntervalSpan, infiniteSpan } from './interval-span.js';

/** What an interval's text is made of; all numbers but the sign of the time are signed. */
interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly negativeTime: boolean;
  readonly hour: number;
  readonly minute: number;
  /** With the fraction, without sign. */
  readonly second: number;
  readonly fraction: number;
}

/** An interval's text. */
export function intervalText(span: IntervalSpan, style: IntervalStyle): string {
  const infinite = infiniteSpan(span);
  if (infinite !== 0) return infinite > 0 ? 'infinity' : '-infinity';
  return formats[style](fieldsOf(span));
}

function fieldsOf({ months, days, seconds, microseconds }: IntervalSpan): Fields {
  const negativeTime = seconds < 0;
  // PostgreSQL's fields are cut towards zero.
  const fraction = negativeTime && microseconds > 0 ? 1_000_000 - microseconds : microseconds;
  const whole = negativeTime ? -seconds - (microseconds > 0 ? 1 : 0) : seconds;
  const year = Math.trunc(months / 12);
  const hour = Math.floor(whole / 3600);
  const minute = Math.floor(whole / 60) - hour * 60;
  return { year, month: months - year * 12, day: days, negativeTime, hour, minute, second: whole % 60, fraction };
}

const formats: Readonly<Record<IntervalStyle, (fields: Fields) => string>> = {
  postgres,
  postgres_verbose: verbose,
  sql_standard: sqlStandard,
  iso_8601: iso,
};

function postgres({ year, month, day, negativeTime, hour, minute, second, fraction }: Fields): string {
  const words: string[] = [];
  let afterNegative = false;
  const add = (value: number, unit: string) => {
    if (value === 0) return;
    words.push(`${afterNegative && value > 0 ? '+' : ''}${value} ${unit}${value === 1 ? '' : 's'}`);
    afterNegative = value < 0;
  };
  add(year, 'year');
  add(month, 'mon');
  add(day, 'day');
  if (words.length === 0 || hour !== 0 || minute !== 0 || second !== 0 || fraction !== 0) {
    const sign = negativeTime ? '-' : afterNegative ? '+' : '';
    words.push(`${sign}${two(hour)}:${two(minute)}:${seconds(second, fraction, 2)}`);
  }
  return words.join(' ');
}

function verbose({ year, month, day, negativeTime, hour, minute, second, fraction }: Fields): string {
  const sign = negativeTime ? -1 : 1;
  let text = '@';
  let isZero = true;
  let isBefore = false;
  const add = (value: number, unit: string) => {
    if (value === 0) return;
    // The first part decides which way all are counted.
    if (isZero) isBefore = value < 0;
    const shown = isBefore ? -value : value;
    text += ` ${shown} ${unit}${shown === 1 ? '' : 's'}`;
    isZero = false;
  };
  add(year, 'year');
  add(month, 'mon');
  add(day, 'day');
  add(sign * hour, 'hour');
  add(sign * minute, 'min');
  if (second !== 0 || fraction !== 0) {
    if (isZero) isBefore = negativeTime;
    const minus = negativeTime === isBefore ? '' : '-';
    text += ` ${minus}${seconds(second, fraction, 1)} sec${second !== 1 || fraction !== 0 ? 's' : ''}`;
    isZero = false;
  }
  return `${text}${isZero ? ' 0' : ''}${isBefore ? ' ago' : ''}`;
}

function sqlStandard({ year, month, day, negativeTime, hour, minute, second, fraction }: Fields): string {
  const hasTime = hour !== 0 || minute !== 0 || second !== 0 || fraction !== 0;
  const hasYearMonth = year !== 0 || month !== 0;
  const hasDayTime = day !== 0 || hasTime;
  const negative = year < 0 || month < 0 || day < 0 || (hasTime && negativeTime);
  const positive = year > 0 || month > 0 || day > 0 || (hasTime && !negativeTime);
  if (!negative && !positive) return '0';
  const yearMonth = `${Math.abs(year)}-${Math.abs(month)}`;
  const time = `${hour}:${two(minute)}:${seconds(second, fraction, 2)}`;
  if ((negative && positive) || (hasYearMonth && hasDayTime)) {
    const days = `${day < 0 ? '-' : '+'}${Math.abs(day)}`;
    return `${year < 0 || month < 0 ? '-' : '+'}${yearMonth} ${days} ${hasTime && negativeTime ? '-' : '+'}${time}`;
  }
  const sign = negative ? '-' : '';
  if (hasYearMonth) return `${sign}${yearMonth}`;
  return day === 0 ? `${sign}${time}` : `${sign}${Math.abs(day)} ${time}`;
}

function iso({ year, month, day, negativeTime, hour, minute, second, fraction }: Fields): string {
  const sign = negativeTime ? '-' : '';
  const part = (value: number, prefix: string, letter: string) => (value === 0 ? '' : `${prefix}${value}${letter}`);
  const secondPart = second === 0 && fraction === 0 ? '' : `${sign}${seconds(second, fraction, 1)}S`;
  const date = part(year, '', 'Y') + part(month, '', 'M') + part(day, '', 'D');
  const time = part(hour, sign, 'H') + part(minute, sign, 'M') + secondPart;
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function seconds(second: number, fraction: number, width: number): string {
  const digits = String(second).padStart(width, '0');
  return fraction === 0 ? digits : `${digits}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
