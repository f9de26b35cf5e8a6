/** Times of day: microseconds from midnight, 00:00:00 to 24:00:00, from Arrow's four units. */
import { writeClock } from '../text-output/clock.js';
import { roundNanoseconds } from '../text-output/rounding.js';
import { dateTimeOutOfRange } from '../unsendable-value.js';

/** The longest time: `HH:MM:SS.ffffff`. */
export const TIME_TEXT_BYTES = 15;

const MICROSECONDS_PER_DAY = 86_400_000_000;
const NANOSECONDS_PER_DAY = 86_400_000_000_000;

/** The microseconds of the time at `index` of the column's values; those of no day for nanoseconds that are not. */
function microsecondsAt(source: DataView, index: number, unitsPerSecond: number): number {
  // Arrow's times have 32 bits in seconds and milliseconds, 64 in microseconds and nanoseconds.
  if (unitsPerSecond <= 1000) return source.getInt32(index * 4, true) * (1_000_000 / unitsPerSecond);
  const count = source.getInt32(index * 8 + 4, true) * 0x1_0000_0000 + source.getUint32(index * 8, true);
  if (unitsPerSecond === 1_000_000) return count;
  // What is not of the day does not become so by rounding.
  if (count < 0 || count > NANOSECONDS_PER_DAY) return -1;
  const seconds = Math.floor(count / 1e9);
  return seconds * 1_000_000 + roundNanoseconds(count - seconds * 1e9);
}

function checkedMicroseconds(source: DataView, index: number, unitsPerSecond: number): number {
  const microseconds = microsecondsAt(source, index, unitsPerSecond);
  if (microseconds >= 0 && microseconds <= MICROSECONDS_PER_DAY) return microseconds;
  throw dateTimeOutOfRange('time');
}

/** Writes the time at `index` of the column's values as text. */
export function writeTimeText(
  target: Uint8Array,
  view: DataView,
  position: number,
  source: DataView,
  index: number,
  unitsPerSecond: number,
): number {
  const microseconds = checkedMicroseconds(source, index, unitsPerSecond);
  const seconds = Math.floor(microseconds / 1_000_000);
  return writeClock(target, view, position, seconds, microseconds - seconds * 1_000_000);
}

/** Writes the time at `index` of the column's values as time_send does: a 64-bit integer of microseconds. */
export function writeTimeBinary(
  view: DataView,
  position: number,
  source: DataView,
  index: number,
  unitsPerSecond: number,
): number {
  const microseconds = checkedMicroseconds(source, index, unitsPerSecond);
  const high = Math.floor(microseconds / 0x1_0000_0000);
  view.setInt32(position, high);
  view.setUint32(position + 4, microseconds - high * 0x1_0000_0000);
  return position + 8;
}
