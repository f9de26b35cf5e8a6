/**
 * Dates and times in all forms that PostgreSQL reads, as its DecodeDateTime and DecodeTimeOnly read them:
 * https://www.postgresql.org/docs/18/datetime-input-rules.html
 */
import type { DateTimeContext } from './date-time-context.js';
import type { DateTimeFault } from './date-time-fault.js';
import { DATE, field, type Read } from './date-time-fields.js';
import { DateTimeReading, type Endless, MICROSECONDS_PER_DAY, type WrittenDateTime } from './date-time-reading.js';
import { dateTimeTokens } from './date-time-tokens.js';
import type { DateTimeWord } from './date-time-words.js';
import { namedZone, readDisplacement } from './written-zone.js';

const EPOCH: WrittenDateTime = { day: 0, microseconds: 0, zone: 0 };

/**
 * @returns at least a date, of a time of day at least a time
 */
export function readWrittenDateTime(
  text: string,
  wanted: 'date' | 'time',
  context: DateTimeContext,
): WrittenDateTime | Endless | DateTimeFault {
  const tokens = dateTimeTokens(text);
  if (tokens === undefined) return 'malformed';
  return wanted === 'date' ? new FullReading(tokens, context).result() : new TimeReading(tokens, context).result();
}

/** A date, or a date and a time. */
class FullReading extends DateTimeReading {
  protected override takeDate(text: string): Read {
    if (this.prefix === 'julian') {
      this.prefix = undefined;
      const zoneAt = /[-+]/.exec(text)?.index ?? text.length;
      const read = this.fields.setJulianDay(text.slice(0, zoneAt));
      if (typeof read === 'string') return read;
      const zone = this.setZone(readDisplacement(text.slice(zoneAt)));
      return typeof zone === 'string' ? zone : read | zone | field.time;
    }
    if (this.prefix === undefined && !this.has(field.month | field.day)) {
      return this.fields.setWritten(text, this.known);
    }
    if (this.prefix === undefined && !/^\d/.test(text)) return this.setZone(namedZone(text));
    if (this.prefix === 'other') return 'malformed';
    this.prefix = undefined;
    return this.takeDigitsAndZone(text, this.known);
  }

  protected override takeClock(text: string): Read {
    const read = this.fields.setClock(text);
    const { seconds, microseconds } = this.fields.time;
    return seconds * 1_000_000 + microseconds > Number(MICROSECONDS_PER_DAY) ? 'field out of range' : read;
  }

  protected override takeNumber(text: string): Read {
    const [whole = '', fraction] = text.split('.');
    if (fraction !== undefined && (this.known & DATE) === 0) return this.fields.setWritten(text, this.known);
    if (fraction !== undefined && whole.length > 2) return this.fields.setDigits(text, this.known);
    // Years of six digits come behind date and time.
    const mayBeDigits = (this.known & DATE) === 0 || !this.has(field.time);
    if (text.length >= 6 && mayBeDigits) return this.fields.setDigits(text, this.known);
    return this.fields.setNumber(text, this.known);
  }

  protected override takeMeaning(word: DateTimeWord): Read {
    switch (word.kind) {
      case 'month':
        return this.fields.setMonthWord(word.month, this.known);
      case 'weekday':
        return field.weekday;
      case 'time':
        return this.has(DATE) ? this.setPrefix('time') : 'malformed';
      case 'relative day':
        return this.fields.setCount(Number(this.now().local / MICROSECONDS_PER_DAY) + word.days);
      case 'special': {
        if (word.name === 'now') {
          const { local: moment, offset } = this.now();
          this.fields.setCount(Number(moment / MICROSECONDS_PER_DAY));
          this.setTime(moment);
          this.zone = offset;
        } else this.named = word.name === 'epoch' ? EPOCH : word.name;
        return DATE | field.time | field.zone;
      }
      default:
        return 'malformed';
    }
  }

  protected override fault(): DateTimeFault | undefined {
    return this.has(DATE) ? undefined : 'malformed';
  }
}

/** A time of day, whose zone may need a date. */
class TimeReading extends DateTimeReading {
  protected override takeDate(text: string, at: number): Read {
    const { tokens } = this;
    const isFirst = at === 0 && tokens.length >= 2;
    if (isFirst && (tokens.at(-1)?.kind === 'date' || tokens[1]?.kind === 'time')) {
      return this.fields.setWritten(text, this.known);
    }
    if (!/^\d/.test(text)) return this.setZone(namedZone(text));
    return this.takeDigitsAndZone(text, this.known | DATE);
  }

  protected override takeClock(text: string): Read {
    return this.fields.setClock(text);
  }

  protected override takeNumber(text: string, at: number): Read {
    const [whole = '', fraction] = text.split('.');
    const isFirst = at === 0 && this.tokens.length >= 2;
    if (fraction !== undefined && isFirst && this.tokens.at(-1)?.kind === 'date') {
      return this.fields.setWritten(text, this.known);
    }
    if (fraction !== undefined && whole.length <= 2) return 'malformed';
    return this.fields.setDigits(text, this.known | DATE);
  }

  protected override takeMeaning(word: DateTimeWord): Read {
    if (word.kind === 'time') return this.setPrefix('time');
    if (word.kind !== 'special' || word.name !== 'now') return 'malformed';
    this.setTime(this.now().local);
    return field.time;
  }

  protected override fault(microseconds: number): DateTimeFault | undefined {
    if (this.fields.time.isOdd || microseconds > Number(MICROSECONDS_PER_DAY)) return 'field out of range';
    if (!this.has(field.time)) return 'malformed';
    const isDated = this.has(DATE);
    // What such a zone's clocks show depends on the day.
    if (typeof this.zone === 'object' && this.zone.needsDate && !isDated) return 'malformed';
    return !isDated && (this.known & DATE) !== 0 ? 'malformed' : undefined;
  }
}
