/**
 * Counts of seconds to nanoseconds in 64 bits as seconds and microseconds: halves are split by exact divisions of doubles.
 * Each value passes through `parts`, for a function cannot return two numbers without allocating.
 */
import { roundNanoseconds } from '../text-output/rounding.js';

const NANOSECONDS = 1_000_000_000;

/** The seconds and the microseconds of the second (0 to 999999) of the value at hand. */
export const parts = new Float64Array(2);

/** Sets `parts` from the signed halves of a count. */
export function splitTime(high: number, low: number, unitsPerSecond: number): void {
  if (unitsPerSecond === NANOSECONDS) splitNanoseconds(high, low >>> 0);
  else splitUnits(high, low >>> 0, unitsPerSecond);
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

/** Writes `second * 10^6 + fraction` as 64 bits. The seconds are split at 2^20 to keep the products exact. */
export function writeMicroseconds(view: DataView, position: number, second: number, fraction: number): number {
  const upper = Math.floor(second / 0x10_0000);
  const product = upper * 1_000_000;
  const productHigh = Math.floor(product / 0x1000);
  const rest = (product - productHigh * 0x1000) * 0x10_0000 + (second - upper * 0x10_0000) * 1_000_000 + fraction;
  const carry = Math.floor(rest / 0x1_0000_0000);
  view.setInt32(position, productHigh + carry);
  view.setUint32(position + 4, rest - carry * 0x1_0000_0000);
  return position + 8;
}
