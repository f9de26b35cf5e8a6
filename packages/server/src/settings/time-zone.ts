import { fixedZone, type PosixZone, parsePosixZone } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import { invalidSetting } from './invalid-setting.js';

/** The offset that is not one any more. */
const HOURS_OF_WEEK = 168;
/** Its first second. */
const YEAR_2000 = 946_684_800;

/** The one name of the IANA database that Node does not know. */
const FACTORY = 'Factory';

/**
 * A time zone as PostgreSQL spells it: a name in its proper case, a POSIX specification as it is, or a number of hours to
 * the east.
 *
 * @throws PgError 22023 for a name that nobody knows.
 */
export function timeZone(value: string): string {
  const hours = numberIn(value);
  if (hours !== undefined) {
    if (Math.abs(hours) < HOURS_OF_WEEK) return fixedOffset(hours);
    throw invalidSetting('TimeZone', value, { detail: 'UTC timezone offset is out of range.' });
  }
  const short = ['UTC', 'GMT'].find((name) => name === value.toUpperCase());
  if (short !== undefined) return short;
  const posix = parsePosixZone(value);
  // Before the names: `-03:30` is one of Node's too, to the other side.
  if (posix?.isFixed && fixedZone(value) === undefined) return posixZone(value, posix);
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone;
    // Old names resolve to new ones; the client asked for the old one.
    return known.toLowerCase() === value.toLowerCase() ? known : value;
  } catch {
    if (fixedZone(value) !== undefined) return FACTORY;
    if (posix === undefined) throw invalidSetting('TimeZone', value);
    return posixZone(value, posix);
  }
}

/** What C reads as a number. */
function numberIn(value: string): number | undefined {
  if (/^\s*[-+]?(?:nan|inf(?:inity)?)$/i.test(value)) return Number.POSITIVE_INFINITY;
  return /^\s*[-+]?(?:0x[\da-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)$/i.test(value) ? Number(value) : undefined;
}

function posixZone(value: string, zone: PosixZone): string {
  // PostgreSQL looks at this moment only.
  if (zone.at(YEAR_2000).offsetSeconds % 60 !== 0) throw leapSeconds(value);
  return value.toUpperCase();
}

function leapSeconds(value: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_parameter_value,
    message: `time zone "${value}" appears to use leap seconds`,
    detail: 'PostgreSQL does not support leap seconds.',
  });
}

/** `5.5` is `<+05:30>-05:30`: POSIX counts to the west. What is less than a second is cut. */
function fixedOffset(hours: number): string {
  const seconds = Math.floor(Math.abs(hours) * 3600);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts.slice(0, seconds % 3600 === 0 ? 1 : seconds % 60 === 0 ? 2 : 3);
  const text = shown.map((part) => String(part).padStart(2, '0')).join(':');
  return hours < 0 ? `<-${text}>+${text}` : `<+${text}>-${text}`;
}
