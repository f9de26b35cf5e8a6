/** Dates and timestamps in the styles that are not ISO, as PostgreSQL's EncodeDateOnly and EncodeDateTime print them. */
import type { OutputSettings } from '../output-settings.js';
import type { TimeZone } from '../time-zone/time-zone.js';
import { makeDayText, setDay } from './calendar.js';
import { zoneOffset } from './zone-offset.js';

const SECONDS_PER_DAY = 86_400;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A day of the calendar; numbers as they are printed. */
interface CalendarDay {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly weekday: string;
  /** ` BC`, or nothing. */
  readonly era: string;
}

/** Which of the styles. */
export type MomentStyle = Pick<OutputSettings, 'dateStyle' | 'dayFirst'>;

/** The text of a day, counted from 1970. */
export function styledDate(number: number, { dateStyle, dayFirst }: MomentStyle): string {
  const { year, month, day, era } = calendarDay(number);
  const separator = dateStyle === 'German' ? '.' : dateStyle === 'SQL' ? '/' : '-';
  const inOrder = dayFirst || dateStyle === 'German' ? [day, month, year] : [month, day, year];
  return inOrder.join(separator) + era;
}

/**
 * The text of a moment; one with zone shows its abbreviation where that is known, and its offset where not.
 *
 * @param second - since 1970
 * @param microseconds - of the second
 */
export function styledTimestamp(
  second: number,
  microseconds: number,
  style: MomentStyle,
  zone: TimeZone | undefined,
): string {
  const offset = zone?.offsetAt(second) ?? 0;
  const local = second + offset;
  const number = Math.floor(local / SECONDS_PER_DAY);
  const date = calendarDay(number);
  const clock = clockText(local - number * SECONDS_PER_DAY, microseconds);
  return format(date, clock, style) + (zone === undefined ? '' : zoneText(zone, second, offset)) + date.era;
}

function format(
  { year, month, day, weekday }: CalendarDay,
  clock: string,
  { dateStyle, dayFirst }: MomentStyle,
): string {
  if (dateStyle === 'German') return `${day}.${month}.${year} ${clock}`;
  if (dateStyle === 'SQL') return `${dayFirst ? `${day}/${month}` : `${month}/${day}`}/${year} ${clock}`;
  const name = MONTHS[Number(month) - 1];
  return `${weekday} ${dayFirst ? `${day} ${name}` : `${name} ${day}`} ${clock} ${year}`;
}

function zoneText(zone: TimeZone, second: number, offset: number): string {
  const abbreviation = zone.abbreviationAt(second);
  if (abbreviation !== undefined) return ` ${abbreviation}`;
  const text = zoneOffset(offset);
  // PostgreSQL does not read seconds without colons.
  return ` ${offset % 60 === 0 ? text.replaceAll(':', '') : text}`;
}

const scratch = makeDayText();

function calendarDay(number: number): CalendarDay {
  setDay(scratch, number);
  const [year = '', month = '', day = ''] = Buffer.from(scratch.bytes.subarray(0, scratch.length))
    .toString('latin1')
    .split('-');
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(((number + 4) % 7) + 7) % 7] ?? '';
  return { year, month, day, weekday, era: scratch.beforeChrist ? ' BC' : '' };
}

function clockText(secondOfDay: number, microseconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [Math.floor(secondOfDay / 3600), Math.floor(secondOfDay / 60) % 60, secondOfDay % 60]
    .map(two)
    .join(':');
  return microseconds === 0 ? clock : `${clock}.${String(microseconds).padStart(6, '0').replace(/0+$/, '')}`;
}
