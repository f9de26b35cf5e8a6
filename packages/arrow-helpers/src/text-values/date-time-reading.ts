/** What is common to the reading of dates and of times of day, whose parts come in any order. */
import { TimeZone } from '../time-zone/time-zone.js';
import type { ClockTime } from './clock-text.js';
import type { DateTimeContext } from './date-time-context.js';
import { type DateTimeFault, isFault } from './date-time-fault.js';
import { DATE, DateTimeFields, field, type Read } from './date-time-fields.js';
import type { DateTimeToken } from './date-time-tokens.js';
import { type DateTimeWord, dateTimeWord } from './date-time-words.js';
import { SECONDS_PER_DAY } from './iso-date-time.js';
import { abbreviatedZone, namedZone, readDisplacement, type WrittenZone } from './written-zone.js';

/** What a text says of a moment, as far as it does. */
export interface WrittenDateTime {
  /** Days since 1970. */
  readonly day: number | undefined;
  /** Microseconds since midnight; of a timestamp that is written without separators they may be beyond the day. */
  readonly microseconds: number | undefined;
  readonly zone: WrittenZone | undefined;
}

/** The end or the beginning of time. */
export type Endless = 'infinity' | '-infinity';

export const MICROSECONDS_PER_DAY = 86_400_000_000n;
const NOON = SECONDS_PER_DAY / 2;
const HOUR = 3600;

/** One text while it is read. */
export abstract class DateTimeReading {
  protected readonly fields: DateTimeFields;
  /** The fields that there are. */
  protected known = 0;
  /** A moment that has a name, beside which nothing counts. */
  protected named: WrittenDateTime | Endless | undefined;
  protected zone: WrittenZone | undefined;
  /** What the word before said of the next number. */
  protected prefix: 'julian' | 'time' | 'other' | undefined;
  #isAfternoon: boolean | undefined;
  #isDaylight = false;

  constructor(
    protected readonly tokens: readonly DateTimeToken[],
    protected readonly context: DateTimeContext,
  ) {
    this.fields = new DateTimeFields(context.dateOrder);
  }

  result(): WrittenDateTime | Endless | DateTimeFault {
    for (const [at, token] of this.tokens.entries()) {
      const read = this.#take(token, at);
      if (typeof read === 'string') return read;
      if ((read & this.known) !== 0) return 'malformed';
      this.known |= read;
    }
    if (this.prefix !== undefined) return 'malformed';
    return this.named ?? this.#whole();
  }

  protected has(bits: number): boolean {
    return (this.known & bits) === bits;
  }

  /** A part with punctuation within. */
  protected abstract takeDate(text: string, at: number): Read;
  protected abstract takeClock(text: string): Read;
  /** A number that no word before says the meaning of. */
  protected abstract takeNumber(text: string, at: number): Read;
  protected abstract takeMeaning(word: DateTimeWord): Read;
  /** What is missing. */
  protected abstract fault(time: number): DateTimeFault | undefined;

  /** A time without separators and a zone: `040506-08`. */
  protected takeDigitsAndZone(text: string, known: number): Read {
    const zoneAt = text.indexOf('-');
    if (this.has(field.time) || zoneAt < 0) return 'malformed';
    const zone = this.setZone(readDisplacement(text.slice(zoneAt)));
    if (typeof zone === 'string') return zone;
    const time = this.fields.setDigits(text.slice(0, zoneAt), known);
    return typeof time === 'string' ? time : time | zone;
  }

  protected setZone(zone: WrittenZone | DateTimeFault): Read {
    if (isFault(zone)) return zone;
    this.zone = zone;
    return field.zone;
  }

  protected setPrefix(prefix: 'julian' | 'time' | 'other'): Read {
    if (this.prefix !== undefined) return 'malformed';
    this.prefix = prefix;
    return 0;
  }

  /** Microseconds since 1970 that the session's clocks show, and the seconds that they are ahead of UTC. */
  protected now(): { readonly local: bigint; readonly offset: number } {
    const now = this.context.clock();
    const offset = TimeZone.of(this.context.timeZone).offsetAt(Number(now / 1_000_000n));
    return { local: now + BigInt(offset) * 1_000_000n, offset };
  }

  protected setTime(microseconds: bigint): void {
    const inDay = Number(microseconds % MICROSECONDS_PER_DAY);
    this.fields.time = { seconds: Math.floor(inDay / 1e6), microseconds: inDay % 1e6 };
  }

  #take({ kind, text }: DateTimeToken, at: number): Read {
    switch (kind) {
      case 'date':
        return this.takeDate(text, at);
      case 'time':
        if (this.prefix !== undefined && this.prefix !== 'time') return 'malformed';
        this.prefix = undefined;
        return this.takeClock(text);
      case 'zone':
        return this.setZone(readDisplacement(text));
      case 'number':
        return this.prefix === undefined ? this.takeNumber(text, at) : this.#takePrefixed(text);
      case 'word':
        return this.#takeWord(text);
    }
  }

  #takePrefixed(text: string): Read {
    const { prefix } = this;
    this.prefix = undefined;
    if (prefix === 'julian') return this.fields.setJulianDay(text);
    if (prefix !== 'time') return 'malformed';
    return this.fields.setDigits(text, this.known | DATE);
  }

  #takeWord(text: string): Read {
    const abbreviated = abbreviatedZone(text, this.context.timeZone);
    if (abbreviated !== undefined) return this.setZone(abbreviated);
    const word = dateTimeWord(text);
    if (word === undefined) {
      // Names of zones without punctuation, such as Japan.
      const named = namedZone(text);
      return isFault(named) ? 'malformed' : this.setZone(named);
    }
    switch (word.kind) {
      case 'noise':
        return 0;
      case 'half':
        this.#isAfternoon = word.afternoon;
        return field.half;
      case 'era':
        this.fields.isBeforeChrist = word.beforeChrist;
        return field.era;
      case 'julian':
        return this.setPrefix('julian');
      case 'unit':
        return this.setPrefix('other');
      case 'daylight':
        this.#isDaylight = true;
        return field.daylight;
      case 'allballs':
        this.fields.time = { seconds: 0, microseconds: 0 };
        this.zone = 0;
        return field.time | field.zone;
      default:
        return this.takeMeaning(word);
    }
  }

  #whole(): WrittenDateTime | DateTimeFault {
    const dateFault = this.fields.fault(this.known);
    if (dateFault !== undefined) return dateFault;
    const seconds = inHalf(this.fields.time, this.#isAfternoon);
    if (seconds === undefined) return 'field out of range';
    const microseconds = seconds * 1_000_000 + this.fields.time.microseconds;
    const fault = this.fault(microseconds);
    if (fault !== undefined) return fault;
    const day = this.has(DATE) ? this.fields.days(this.known) : undefined;
    const zone = this.#wholeZone();
    if (zone === 'malformed') return zone;
    return { day, microseconds, zone };
  }

  /** Daylight saving time is an hour ahead of an abbreviation or offset, and of nothing else. */
  #wholeZone(): WrittenZone | undefined | 'malformed' {
    if (!this.#isDaylight) return this.zone;
    return typeof this.zone === 'number' ? this.zone + HOUR : 'malformed';
  }
}

/** Seconds since midnight; undefined where a half of the day has no such hour. */
function inHalf({ seconds }: ClockTime, isAfternoon: boolean | undefined): number | undefined {
  if (isAfternoon === undefined) return seconds;
  const hour = Math.floor(seconds / HOUR);
  if (hour > 12) return undefined;
  if (isAfternoon) return hour === 12 ? seconds : seconds + NOON;
  return hour === 12 ? seconds - NOON : seconds;
}
