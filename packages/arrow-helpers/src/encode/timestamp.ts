/**
 * Timestamps with and without zone. Arrow counts seconds to nanoseconds from 1970 in 64 bits, PostgreSQL microseconds from
 * 2000, from 4714-11-24 BC to 294276 AD. The largest and smallest integers are PostgreSQL's infinities (and DuckDB's, whose
 * negative one is minus the largest); in nanoseconds they are days in 2262 and 1677 and taken as such. Zones are not looked
 * at: an Arrow timestamp with zone is an instant, and shown in UTC.
 */
import { copyDay, type DayText, setDay, writeBeforeChrist } from '../text-output/calendar.js';
import { writeClock } from '../text-output/clock.js';
import { dateTimeOutOfRange } from '../unsendable-value.js';
import { writeInfinity } from './infinity.js';
import { parts, splitTime, writeMicroseconds } from './split-time.js';

const POSTGRES_EPOCH_SECONDS = 946_684_800;
/** 4714-11-24 00:00:00 BC. */
const FIRST_SECOND = -210_866_803_200;
/** The end of the year 294276. */
const END_SECOND = 9_224_318_016_000;
const SECONDS_PER_DAY = 86_400;
const MICROSECONDS_PER_DAY = 86_400_000_000;
const NANOSECONDS = 1_000_000_000;

/** 1 for infinity, -1 for minus infinity, 0 for all else. */
function infinitySign(high: number, low: number, unitsPerSecond: number): number {
  if (unitsPerSecond === NANOSECONDS) return 0;
  if (high === 0x7fff_ffff && low === -1) return 1;
  return high === -0x8000_0000 && (low === 0 || low === 1) ? -1 : 0;
}

/** Sets `parts`. */
function split(high: number, low: number, unitsPerSecond: number): void {
  splitTime(high, low, unitsPerSecond);
  if (!(parts[0]! >= FIRST_SECOND && parts[0]! < END_SECOND)) throw dateTimeOutOfRange('timestamp');
}

/**
 * Sets `parts` to a timestamp and returns 0, or the sign of an infinite one.
 *
 * @throws UnsendableValue for a timestamp that PostgreSQL has not
 */
export function splitTimestamp(high: number, low: number, unitsPerSecond: number): number {
  const infinity = infinitySign(high, low, unitsPerSecond);
  if (infinity === 0) split(high, low, unitsPerSecond);
  return infinity;
}

/** Writes a timestamp, given as its signed halves, as text. */
export function writeTimestampText(
  target: Uint8Array,
  view: DataView,
  position: number,
  high: number,
  low: number,
  unitsPerSecond: number,
  zoned: boolean,
  text: DayText,
): number {
  let secondOfDay: number;
  let fraction: number;
  if (unitsPerSecond === 1_000_000 && high >= -0x20_0000 && high < 0x20_0000) {
    // The years 1684 to 2255, whose microseconds a double holds exactly.
    const count = high * 0x1_0000_0000 + (low >>> 0);
    let time = count - text.start;
    if (!(time >= 0 && time < MICROSECONDS_PER_DAY)) {
      setDay(text, Math.floor(count / MICROSECONDS_PER_DAY));
      time = count - text.start;
    }
    secondOfDay = (time / 1_000_000) | 0;
    fraction = (time - secondOfDay * 1_000_000) | 0;
  } else {
    const infinity = infinitySign(high, low, unitsPerSecond);
    if (infinity !== 0) return writeInfinity(target, position, infinity < 0);
    split(high, low, unitsPerSecond);
    const day = Math.floor(parts[0]! / SECONDS_PER_DAY);
    if (day !== text.day) setDay(text, day);
    secondOfDay = (parts[0]! - day * SECONDS_PER_DAY) | 0;
    fraction = parts[1]! | 0;
  }
  const clock = copyDay(target, view, position, text);
  target[clock] = 0x20;
  let end = writeClock(target, view, clock + 1, secondOfDay, fraction);
  if (zoned) {
    target[end] = 0x2b;
    target[end + 1] = 0x30;
    target[end + 2] = 0x30;
    end += 3;
  }
  return text.beforeChrist ? writeBeforeChrist(target, end) : end;
}

/** Writes a timestamp as timestamp_send does: microseconds since 2000-01-01 00:00:00 (UTC if zoned). */
export function writeTimestampBinary(
  view: DataView,
  position: number,
  high: number,
  low: number,
  unitsPerSecond: number,
): number {
  if (unitsPerSecond === 1_000_000 && high >= -0x20_0000 && high < 0x20_0000) {
    // 946684800000000 microseconds are 220417 x 2^32 + 993517568.
    const difference = (low >>> 0) - 993_517_568;
    view.setInt32(position, high - 220_417 - (difference < 0 ? 1 : 0));
    view.setInt32(position + 4, difference);
    return position + 8;
  }
  const infinity = infinitySign(high, low, unitsPerSecond);
  if (infinity !== 0) {
    view.setInt32(position, infinity > 0 ? 0x7fff_ffff : -0x8000_0000);
    view.setInt32(position + 4, infinity > 0 ? -1 : 0);
    return position + 8;
  }
  split(high, low, unitsPerSecond);
  return writeMicroseconds(view, position, parts[0]! - POSTGRES_EPOCH_SECONDS, parts[1]!);
}
