/**
 * Dates and times in all forms that PostgreSQL reads:
 * https://www.postgresql.org/docs/18/datetime-input-rules.html
 */
import { TimeZone } from '../time-zone/time-zone.js';
import { CalendarFields } from './calendar-fields.js';
import { type ClockTime, readClockToken, readDigitsOfClock } from './clock-text.js';
import type { DateTimeContext } from './date-time-context.js';
import { type DateTimeFault, isFault } from './date-time-fault.js';
import { type DateTimeToken, dateTimeTokens } from './date-time-tokens.js';
import { type DateTimeWord, dateTimeWord } from './date-time-words.js';
import { SECONDS_PER_DAY } from './iso-date-time.js';
import { abbreviatedZone, namedZone, readDisplacement, type WrittenZone } from './written-zone.js';

/** What a text says of a moment, as far as it does. */
export interface WrittenDateTime {
  /** Days since 1970. */
  readonly day: number | undefined;
  /** Microseconds since midnight. */
  readonly microseconds: number | undefined;
  readonly zone: WrittenZone | undefined;
}

/** The end or the beginning of time. */
export type Endless = 'infinity' | '-infinity';

const MICROSECONDS_PER_DAY = 86_400_000_000n;
const NOON = SECONDS_PER_DAY / 2;

/**
 * @returns at least a date, of a time of day at least a time
 */
export function readWrittenDateTime(
  text: string,
  wanted: 'date' | 'time',
  context: DateTimeContext,
): WrittenDateTime | Endless | DateTimeFault {
  const tokens = dateTimeTokens(text);
  return tokens === undefined ? 'malformed' : new Reading(tokens, wanted, context).result();
}

/** One text while it is read; each of its parts may be there once. */
class Reading {
  readonly #calendar: CalendarFields;
  #time: ClockTime | undefined;
  #zone: WrittenZone | undefined;
  #afternoon: boolean | undefined;
  #endless: Endless | undefined;
  /** What the word before said of the next number. */
  #prefix: 'julian' | 'time' | undefined;

  constructor(
    private readonly tokens: readonly DateTimeToken[],
    private readonly wanted: 'date' | 'time',
    private readonly context: DateTimeContext,
  ) {
    this.#calendar = new CalendarFields(context.dateOrder);
  }

  result(): WrittenDateTime | Endless | DateTimeFault {
    if (this.tokens.length === 0) return 'malformed';
    for (const [at, token] of this.tokens.entries()) {
      const fault = this.#take(token, this.tokens[at + 1]);
      if (fault !== undefined) return fault;
    }
    if (this.#prefix !== undefined) return 'malformed';
    return this.#endless ?? this.#whole();
  }

  #whole(): WrittenDateTime | DateTimeFault {
    const hasDate = !this.#calendar.isEmpty;
    if (this.wanted === 'time' && this.#time === undefined) return 'malformed';
    if (this.wanted === 'date' && !hasDate) return 'malformed';
    const day = hasDate ? this.#calendar.toDays() : undefined;
    const microseconds = this.#time && inHalf(this.#time, this.#afternoon);
    if (isFault(day)) return day;
    if (isFault(microseconds)) return microseconds;
    if (this.#afternoon !== undefined && microseconds === undefined) return 'malformed';
    // What such a zone's clocks show depends on the day.
    if (day === undefined && typeof this.#zone === 'object' && this.#zone.needsDate) return 'malformed';
    return { day, microseconds, zone: this.#zone };
  }

  #take(token: DateTimeToken, next: DateTimeToken | undefined): DateTimeFault | undefined {
    switch (token.kind) {
      case 'date':
        return this.#takeDate(token.text);
      case 'time':
        this.#prefix = this.#prefix === 'time' ? undefined : this.#prefix;
        return this.#setTime(readClockToken(token.text));
      case 'zone':
        return this.#setZone(readDisplacement(token.text));
      case 'number':
        return this.#takeNumber(token.text);
      case 'word':
        return this.#takeWord(token.text, next);
    }
  }

  #takeDate(text: string): DateTimeFault | undefined {
    if (this.#prefix === 'julian') return 'malformed';
    // A time needs no date, but may have a zone.
    const mayBeZone = this.#calendar.isComplete || (this.wanted === 'time' && this.#calendar.isEmpty);
    const isDate = !mayBeZone || (this.tokens.length > 1 && this.#calendar.isEmpty && /^\d/.test(text));
    if (isDate && this.#prefix === undefined) return this.#setDate(text);
    if (!/^\d/.test(text)) return this.#nameZone(text);
    // A time without separators, and a zone: `040506-08`.
    this.#prefix = undefined;
    const zoneAt = text.indexOf('-');
    if (zoneAt < 0) return 'malformed';
    return (
      this.#setTime(readDigitsOfClock(text.slice(0, zoneAt))) ?? this.#setZone(readDisplacement(text.slice(zoneAt)))
    );
  }

  #takeNumber(text: string): DateTimeFault | undefined {
    const [whole = '', fraction] = text.split('.');
    if (this.#prefix === 'julian') {
      this.#prefix = undefined;
      if (!this.#calendar.setJulianDay(Number(whole))) return 'malformed';
      if (fraction === undefined) return undefined;
      return this.#setTime({ seconds: 0, microseconds: Math.round(Number(`0.${fraction}`) * SECONDS_PER_DAY * 1e6) });
    }
    if (this.#prefix === 'time') {
      this.#prefix = undefined;
      return this.#setTime(readDigitsOfClock(text));
    }
    const { isComplete } = this.#calendar;
    if (isComplete || (this.wanted === 'time' && this.#calendar.isEmpty)) return this.#setTime(readDigitsOfClock(text));
    if (fraction !== undefined) return this.#setDate(text);
    // Years of six digits come behind the time.
    const isDate = text.length >= 6 && (this.#calendar.isEmpty || this.#time === undefined);
    const taken = isDate ? this.#calendar.setDigits(text) : this.#calendar.setNumber(text);
    return taken ? undefined : 'malformed';
  }

  #takeWord(text: string, next: DateTimeToken | undefined): DateTimeFault | undefined {
    const abbreviated = abbreviatedZone(text, this.context.timeZone);
    if (abbreviated !== undefined) return this.#setZone(abbreviated);
    const word = dateTimeWord(text);
    if (word !== undefined) return this.#takeMeaning(word, next);
    // Names of zones without punctuation, such as Japan.
    const named = namedZone(text);
    return isFault(named) ? 'malformed' : this.#setZone(named);
  }

  #takeMeaning(word: DateTimeWord, next: DateTimeToken | undefined): DateTimeFault | undefined {
    switch (word.kind) {
      case 'month':
        return this.#calendar.setMonthWord(word.month) ? undefined : 'malformed';
      case 'half':
        if (this.#afternoon !== undefined) return 'malformed';
        this.#afternoon = word.afternoon;
        return undefined;
      case 'era':
        if (this.#calendar.beforeChrist !== undefined) return 'malformed';
        this.#calendar.beforeChrist = word.beforeChrist;
        return undefined;
      case 'relative day':
        return this.#calendar.setCount(Number(this.#now().local / MICROSECONDS_PER_DAY) + word.days)
          ? undefined
          : 'malformed';
      case 'allballs':
        return this.#setTime({ seconds: 0, microseconds: 0 }) ?? this.#setZone(0);
      case 'special':
        return this.#takeMoment(word.name);
      case 'julian':
        this.#prefix = 'julian';
        return undefined;
      case 'time': {
        const isTime = next?.kind === 'number' || next?.kind === 'time' || next?.kind === 'date';
        if (!isTime || (this.wanted === 'date' && !this.#calendar.isComplete)) return 'malformed';
        this.#prefix = 'time';
        return undefined;
      }
      default:
        return undefined;
    }
  }

  /** Microseconds since 1970 that the session's clocks show, and the seconds that they are ahead of UTC. */
  #now(): { readonly local: bigint; readonly offset: number } {
    const now = this.context.clock();
    const offset = TimeZone.of(this.context.timeZone).offsetAt(Number(now / 1_000_000n));
    return { local: now + BigInt(offset) * 1_000_000n, offset };
  }

  #takeMoment(name: Endless | 'now' | 'epoch'): DateTimeFault | undefined {
    const isFree = this.#calendar.isEmpty && this.#time === undefined && this.#zone === undefined;
    if (!isFree) return 'malformed';
    if (this.wanted === 'time' && name !== 'now') return 'malformed';
    const { local: moment, offset } = name === 'now' ? this.#now() : { local: 0n, offset: 0 };
    const inDay = Number(moment % MICROSECONDS_PER_DAY);
    this.#calendar.setCount(Number(moment / MICROSECONDS_PER_DAY));
    this.#time = { seconds: Math.floor(inDay / 1e6), microseconds: inDay % 1e6 };
    this.#zone = offset;
    if (name === 'infinity' || name === '-infinity') this.#endless = name;
    return undefined;
  }

  #nameZone(text: string): DateTimeFault | undefined {
    return this.#setZone(namedZone(text));
  }

  /** Behind a time only a year may stand. */
  #setDate(text: string): DateTimeFault | undefined {
    return this.#time === undefined && this.#calendar.setWritten(text) ? undefined : 'malformed';
  }

  #setTime(time: ClockTime | DateTimeFault): DateTimeFault | undefined {
    if (isFault(time)) return time;
    if (this.#time !== undefined) return 'malformed';
    this.#time = time;
    return undefined;
  }

  #setZone(zone: WrittenZone | DateTimeFault): DateTimeFault | undefined {
    if (isFault(zone)) return zone;
    if (this.#zone !== undefined) return 'malformed';
    this.#zone = zone;
    return undefined;
  }
}

/** Microseconds since midnight, up to 24:00. */
function inHalf({ seconds, microseconds }: ClockTime, afternoon: boolean | undefined): number | DateTimeFault {
  const hour = Math.floor(seconds / 3600);
  if (afternoon !== undefined && hour > 12) return 'field out of range';
  const isTwelve = hour === 12;
  const moved = afternoon === undefined ? 0 : afternoon ? (isTwelve ? 0 : NOON) : isTwelve ? -NOON : 0;
  const total = (seconds + moved) * 1_000_000 + microseconds;
  return total <= SECONDS_PER_DAY * 1_000_000 ? total : 'field out of range';
}
