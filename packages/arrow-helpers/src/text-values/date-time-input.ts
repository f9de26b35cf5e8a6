/**
 * Dates and times as PostgreSQL's input functions read them, in a session with settings of its own:
 * https://www.postgresql.org/docs/18/datatype-datetime.html
 */
import { FIRST_DAY, LAST_DAY } from '../postgres-calendar.js';
import { isUtc } from '../time-zone/is-utc.js';
import { localOffset } from '../time-zone/local-offset.js';
import { TimeZone } from '../time-zone/time-zone.js';
import type { DateTimeContext } from './date-time-context.js';
import { dateTimeError, dateTimeOutOfRange } from './date-time-error.js';
import { isFault } from './date-time-fault.js';
import { type Endless, MICROSECONDS_PER_DAY, type WrittenDateTime } from './date-time-reading.js';
import { SECONDS_PER_DAY } from './iso-date-time.js';
import { readPlainDateTime, readPlainTime } from './plain-date-time.js';
import type { ZonedTime } from './read-date-time.js';
import { isTimestamp } from './timestamp-range.js';
import { readWrittenDateTime } from './written-date-time.js';

type TypeName = 'date' | 'time' | 'time with time zone' | 'timestamp' | 'timestamp with time zone';

/**
 * Days since 1970 of a date's text.
 *
 * @throws PgError 22007, 22008, 22009 or 22023, as PostgreSQL does
 */
export function readDate(text: string, context: DateTimeContext): number | Endless {
  const written = read(text, 'date', context);
  if (typeof written === 'string') return written;
  const { day = 0 } = written;
  if (day < FIRST_DAY || day > LAST_DAY) throw dateTimeOutOfRange('date', text);
  return day;
}

/**
 * Microseconds since midnight of the text of a time, whose zone is left out.
 *
 * @throws PgError 22007, 22008, 22009 or 22023, as PostgreSQL does
 */
export function readTime(text: string, context: DateTimeContext): number {
  return timeOf(text, 'time', context).microseconds;
}

/**
 * A time of day with its zone, which is the session's if the text names none.
 *
 * @throws PgError 22007, 22008, 22009 or 22023, as PostgreSQL does
 */
export function readZonedTime(text: string, context: DateTimeContext): ZonedTime {
  const { day, microseconds, zone } = timeOf(text, 'time with time zone', context);
  const today = Number(context.clock() / MICROSECONDS_PER_DAY);
  return { microseconds, offset: offsetOf({ day: day ?? today, microseconds, zone }, context) };
}

/**
 * Microseconds since 1970 of a timestamp's text, whose zone is left out.
 *
 * @throws PgError 22007, 22008, 22009 or 22023, as PostgreSQL does
 */
export function readTimestamp(text: string, context: DateTimeContext): bigint | Endless {
  const written = read(text, 'timestamp', context);
  return typeof written === 'string' ? written : inRange(localMicroseconds(written), text);
}

/**
 * Microseconds since 1970 of a moment's text, which is in the session's zone if it names none.
 *
 * @throws PgError 22007, 22008, 22009 or 22023, as PostgreSQL does
 */
export function readZonedTimestamp(text: string, context: DateTimeContext): bigint | Endless {
  const written = read(text, 'timestamp with time zone', context);
  if (typeof written === 'string') return written;
  return inRange(localMicroseconds(written) - BigInt(offsetOf(written, context)) * 1_000_000n, text);
}

function read(text: string, type: TypeName, context: DateTimeContext): WrittenDateTime | Endless {
  const wanted = type.startsWith('timestamp') || type === 'date' ? 'date' : 'time';
  const plain = wanted === 'date' ? readPlainDateTime(text) : readPlainTime(text);
  if (plain !== undefined) return plain;
  const written = readWrittenDateTime(text, wanted, context);
  if (isFault(written)) throw dateTimeError(written, text, type);
  return written;
}

function timeOf(
  text: string,
  type: TypeName,
  context: DateTimeContext,
): WrittenDateTime & { readonly microseconds: number } {
  const written = read(text, type, context);
  if (typeof written === 'string' || written.microseconds === undefined) throw dateTimeError('malformed', text, type);
  return { ...written, microseconds: written.microseconds };
}

function localMicroseconds({ day = 0, microseconds = 0 }: WrittenDateTime): bigint {
  return BigInt(day) * MICROSECONDS_PER_DAY + BigInt(microseconds);
}

function inRange(microseconds: bigint, text: string): bigint {
  if (isTimestamp(microseconds)) return microseconds;
  throw dateTimeOutOfRange('timestamp', text);
}

/** Seconds to the east of Greenwich. */
function offsetOf({ day = 0, microseconds = 0, zone }: WrittenDateTime, { timeZone }: DateTimeContext): number {
  if (typeof zone === 'number') return zone;
  const localSecond = day * SECONDS_PER_DAY + Math.floor(microseconds / 1e6);
  if (zone !== undefined) return zone.offsetOf(localSecond);
  return isUtc(timeZone) ? 0 : localOffset(TimeZone.of(timeZone), localSecond);
}
