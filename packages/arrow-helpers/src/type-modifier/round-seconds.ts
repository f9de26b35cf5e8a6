/** Fractions of a second cut to the digits that a type's modifier leaves, as PostgreSQL's Adjust...ForTypmod do. */

import { POSTGRES_EPOCH_MICROSECONDS } from '../postgres-calendar.js';

/** Digits of a second that PostgreSQL keeps at most. */
export const MAXIMUM_DIGITS = 6;

/** Rounds to a multiple of `step`, half away from zero. */
function roundTo(value: bigint, step: bigint): bigint {
  const half = step / 2n;
  return ((value < 0n ? value - half : value + half) / step) * step;
}

/** A time of day or the time of an interval, in microseconds. */
export function roundTime(microseconds: bigint, digits: number): bigint {
  return digits >= MAXIMUM_DIGITS ? microseconds : roundTo(microseconds, stepOf(digits));
}

/** Microseconds since 1970; halves go away from 2000. */
export function roundTimestamp(microseconds: bigint, digits: number): bigint {
  if (digits >= MAXIMUM_DIGITS) return microseconds;
  return roundTo(microseconds - POSTGRES_EPOCH_MICROSECONDS, stepOf(digits)) + POSTGRES_EPOCH_MICROSECONDS;
}

function stepOf(digits: number): bigint {
  return 10n ** BigInt(MAXIMUM_DIGITS - digits);
}
