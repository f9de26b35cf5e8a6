import type { DateTimeContext } from './date-time-context.js';
import { type DateTimeFault, isFault } from './date-time-fault.js';
import type { Endless, WrittenDateTime } from './date-time-reading.js';
import { type DateTime, type IsoDateTime, parseClock, parseIsoDateTime, SECONDS_PER_DAY } from './iso-date-time.js';
import { readWrittenDateTime } from './written-date-time.js';

/** A time of day and the seconds that its zone is to the east of Greenwich. */
export interface ZonedTime {
  readonly microseconds: number;
  readonly offset: number;
}

/** A date or timestamp in any form that PostgreSQL reads, or that JavaScript writes, as its clock shows it. */
export function readLocalDateTime(text: string, context: DateTimeContext): IsoDateTime | Endless | DateTimeFault {
  // The usual forms, which take less work.
  const iso = parseIsoDateTime(text);
  if (iso !== undefined) return iso;
  const written = readWrittenDateTime(text, 'date', context);
  if (typeof written === 'string') return written;
  const { day = 0, microseconds = 0, zone } = written;
  return { day, microseconds, zone: zone === undefined ? undefined : offsetOf(written) };
}

/** The same in UTC, also if it names no zone. */
export function readDateTime(text: string, context: DateTimeContext): DateTime | Endless | DateTimeFault {
  const local = readLocalDateTime(text, context);
  if (typeof local === 'string') return local;
  const { day, microseconds, zone = 0 } = local;
  return { day, microseconds: microseconds - zone * 1_000_000 };
}

/** Microseconds since midnight of a time in any form that PostgreSQL reads; a date and a zone with it are left out. */
export function readTimeOfDay(text: string, context: DateTimeContext): number | DateTimeFault {
  const time = parseClock(text) ?? readZonedTime(text, context);
  return typeof time === 'object' ? time.microseconds : time;
}

/** A timetz in any form that PostgreSQL reads; in UTC if it names no zone. */
export function readZonedTime(text: string, context: DateTimeContext): ZonedTime | DateTimeFault {
  const written = readWrittenDateTime(text, 'time', context);
  if (isFault(written)) return written;
  if (typeof written === 'string' || written.microseconds === undefined) return 'malformed';
  return { microseconds: written.microseconds, offset: offsetOf(written) };
}

function offsetOf({ day = 0, microseconds = 0, zone = 0 }: WrittenDateTime): number {
  return typeof zone === 'number' ? zone : zone.offsetOf(day * SECONDS_PER_DAY + Math.floor(microseconds / 1e6));
}
