/**
 * Timestamps with and without zone. Arrow counts seconds to nanoseconds from 1970 in 64 bits, PostgreSQL microseconds from
 * 2000, from 4714-11-24 BC to 294276 AD. The largest and smallest integers are PostgreSQL's infinities (and DuckDB's, whose
 * negative one is minus the largest); in nanoseconds they are days in 2262 and 1677 and taken as such. Zones are not looked
 * at: an Arrow timestamp with zone is an instant, and shown in UTC.
 *
 * 64-bit integers come as halves and are split by exact divisions of doubles; each value passes through `parts` below,
 * for a function cannot return two numbers without allocating.
 */
import { copyDay, type DayText, setDay, writeBeforeChrist } from './calendar.js';
import { writeInfinity } from './infinity.js';
import { roundNanoseconds, writeClock } from './time.js';
import { ValueOutOfRange } from './value-out-of-range.js';

/** The longest timestamp: `294276-12-31 23:59:59.999999+00`, or `4714-11-24 00:00:00.000001+00 BC`. */
export const TIMESTAMP_TEXT_BYTES = 32;

const POSTGRES_EPOCH_SECONDS = 946_684_800;
/** 4714-11-24 00:00:00 BC. */
const FIRST_SECOND = -210_866_803_200;
/** The end of the year 294276. */
const END_SECOND = 9_224_318_016_000;
const SECONDS_PER_DAY = 86_400;
const NANOSECONDS = 1_000_000_000;

/** The seconds since 1970 and the microseconds of the second of the value at hand. */
const parts = new Float64Array(2);

/** 1 for infinity, -1 for minus infinity, 0 for all else. */
function infinitySign(high: number, low: number, unitsPerSecond: number): number {
  if (unitsPerSecond === NANOSECONDS) return 0;
  if (high === 0x7fff_ffff && low === -1) return 1;
  return high === -0x8000_0000 && (low === 0 || low === 1) ? -1 : 0;
}

/** Splits a count of units, of which a second has at most a million. */
function splitUnits(high: number, low: number, unitsPerSecond: number): void {
  const quotient = Math.floor(high / unitsPerSecond);
  const partial = (high - quotient * unitsPerSecond) * 0x1_0000_0000 + low;
  const quotientLow = Math.floor(partial / unitsPerSecond);
  parts[0] = quotient * 0x1_0000_0000 + quotientLow;
  parts[1] = (partial - quotientLow * unitsPerSecond) * (1_000_000 / unitsPerSecond);
}

/** Splits a count of nanoseconds and rounds it to microseconds. */
function splitNanoseconds(high: number, low: number): void {
  // By a thousand and then by a million: a division by 10^9 would leave the range in which doubles are exact.
  const quotient = Math.floor(high / 1000);
  const partial = (high - quotient * 1000) * 0x1_0000_0000 + low;
  const quotientLow = Math.floor(partial / 1000);
  splitUnits(quotient, quotientLow, 1_000_000);
  const microseconds = roundNanoseconds(parts[1]! * 1000 + partial - quotientLow * 1000);
  parts[0]! += microseconds === 1_000_000 ? 1 : 0;
  parts[1] = microseconds === 1_000_000 ? 0 : microseconds;
}

/** Sets `parts`. */
function split(high: number, low: number, unitsPerSecond: number): void {
  if (unitsPerSecond === NANOSECONDS) splitNanoseconds(high, low >>> 0);
  else splitUnits(high, low >>> 0, unitsPerSecond);
  if (!(parts[0]! >= FIRST_SECOND && parts[0]! < END_SECOND)) throw new ValueOutOfRange('timestamp');
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
  let second: number;
  let fraction: number;
  if (unitsPerSecond === 1_000_000 && high >= -0x20_0000 && high < 0x20_0000) {
    // The years 1684 to 2255, whose microseconds a double holds exactly.
    const count = high * 0x1_0000_0000 + (low >>> 0);
    second = Math.floor(count / 1_000_000);
    fraction = count - second * 1_000_000;
  } else {
    const infinity = infinitySign(high, low, unitsPerSecond);
    if (infinity !== 0) return writeInfinity(target, position, infinity < 0);
    split(high, low, unitsPerSecond);
    second = parts[0]!;
    fraction = parts[1]!;
  }
  const day = Math.floor(second / SECONDS_PER_DAY);
  if (day !== text.day) setDay(text, day);
  const clock = copyDay(target, view, position, text);
  target[clock] = 0x20;
  let end = writeClock(target, view, clock + 1, second - day * SECONDS_PER_DAY, fraction);
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

/** Writes `second * 10^6 + fraction` as 64 bits. The seconds are split at 2^20 to keep the products exact. */
function writeMicroseconds(view: DataView, position: number, second: number, fraction: number): number {
  const upper = Math.floor(second / 0x10_0000);
  const product = upper * 1_000_000;
  const productHigh = Math.floor(product / 0x1000);
  const rest = (product - productHigh * 0x1000) * 0x10_0000 + (second - upper * 0x10_0000) * 1_000_000 + fraction;
  const carry = Math.floor(rest / 0x1_0000_0000);
  view.setInt32(position, productHigh + carry);
  view.setUint32(position + 4, rest - carry * 0x1_0000_0000);
  return position + 8;
}
