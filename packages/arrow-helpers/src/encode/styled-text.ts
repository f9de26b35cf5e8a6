/** Dates and timestamps in the styles that are not ISO, as PostgreSQL's EncodeDateOnly and EncodeDateTime print them. */
import { type Data, DataType, type Date_, DateUnit, type Timestamp } from 'apache-arrow';
import type { OutputSettings } from '../output-settings.js';
import { TimeZone } from '../time-zone/time-zone.js';
import { makeDayText, setDay } from './calendar.js';
import { dayOfMilliseconds, finiteDay, infiniteSign } from './date.js';
import { writeInfinity } from './infinity.js';
import { MomentReader } from './moment-reader.js';
import type { ValueWriter } from './value-writer.js';
import { writeAscii } from './write-ascii.js';
import { zoneOffset } from './zone-offset.js';

/** More than the longest date or timestamp takes in any style. */
export const STYLED_TEXT_BYTES = 64;

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

type Style = Pick<OutputSettings, 'dateStyle' | 'dayFirst'>;

/** Dates. */
export class StyledDateWriter implements ValueWriter {
  readonly #values: DataView;
  readonly #inDays: boolean;
  readonly #style: Style;

  constructor(data: Data, { unit }: Date_, style: Style) {
    const stored: ArrayBufferView = data.values;
    this.#values = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    this.#inDays = unit === DateUnit.DAY;
    this.#style = style;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    const stored = this.#inDays ? this.#values.getInt32(index * 4, true) : this.#milliseconds(index);
    const sign = infiniteSign(stored);
    if (sign !== 0) return writeInfinity(target, position, sign < 0);
    const { year, month, day, era } = calendarDay(finiteDay(stored));
    const { dateStyle, dayFirst } = this.#style;
    const separator = dateStyle === 'German' ? '.' : dateStyle === 'SQL' ? '/' : '-';
    const inOrder = dayFirst || dateStyle === 'German' ? [day, month, year] : [month, day, year];
    return writeAscii(target, position, inOrder.join(separator) + era);
  }

  #milliseconds(index: number): number {
    return dayOfMilliseconds(this.#values.getInt32(index * 8 + 4, true), this.#values.getInt32(index * 8, true));
  }
}

/** Timestamps; those with zone show its abbreviation where that is known, and its offset where not. */
export class StyledTimestampWriter implements ValueWriter {
  readonly #moments: MomentReader;
  readonly #zone: TimeZone | undefined;
  readonly #style: Style;

  constructor(data: Data, type: Timestamp, settings: OutputSettings) {
    this.#moments = new MomentReader(data, type);
    this.#zone = DataType.isTimestamp(type) && type.timezone ? TimeZone.of(settings.timeZone) : undefined;
    this.#style = settings;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    const infinity = this.#moments.read(index);
    if (infinity !== 0) return writeInfinity(target, position, infinity < 0);
    const { second, microseconds } = this.#moments;
    const offset = this.#zone?.offsetAt(second) ?? 0;
    const local = second + offset;
    const number = Math.floor(local / SECONDS_PER_DAY);
    const date = calendarDay(number);
    const zone = this.#zone === undefined ? '' : this.#zoneText(this.#zone, second, offset);
    const clock = clockText(local - number * SECONDS_PER_DAY, microseconds);
    return writeAscii(target, position, this.#format(date, clock) + zone + date.era);
  }

  #format({ year, month, day, weekday }: CalendarDay, clock: string): string {
    const { dateStyle, dayFirst } = this.#style;
    if (dateStyle === 'German') return `${day}.${month}.${year} ${clock}`;
    if (dateStyle === 'SQL') return `${dayFirst ? `${day}/${month}` : `${month}/${day}`}/${year} ${clock}`;
    const name = MONTHS[Number(month) - 1];
    return `${weekday} ${dayFirst ? `${day} ${name}` : `${name} ${day}`} ${clock} ${year}`;
  }

  #zoneText(zone: TimeZone, second: number, offset: number): string {
    const abbreviation = zone.abbreviationAt(second);
    if (abbreviation !== undefined) return ` ${abbreviation}`;
    const text = zoneOffset(offset);
    // PostgreSQL does not read seconds without colons.
    return ` ${offset % 60 === 0 ? text.replaceAll(':', '') : text}`;
  }
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
