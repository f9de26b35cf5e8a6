/**
 * float8 as float8out prints it: the shortest digits that read back as the same number.
 *
 * The number is multiplied by a power of ten to about 106 bits (two doubles, Dekker's product), so that it lies between
 * 10^14 and 2 x 10^15 and half the gap to its neighbours is between 0.01 and 0.12. If an integer is nearer than that, it
 * holds the shortest digits; else the nearest tenth or hundredth does. What is too near a border to tell goes to exact
 * arithmetic (`shortest-exact.ts`). No string and no BigInt is made: `String(x)` is three to five times slower.
 */

import { writeEightDigits, writeTwoDigits, writeUint32, writeUint64 } from '../text-output/digits.js';
import { finishDigits, startDigits, writeHundredths } from './decimal-point.js';
import { FIRST_EXPONENT_IN_PARTS, LAST_EXPONENT_IN_PARTS, writeFloat8InParts } from './float8-in-parts.js';
import { float8Scale, LARGE_EXPONENT, SCALE_STRIDE, SMALL_EXPONENT } from './float8-scale.js';
import { writeNotFinite } from './not-finite.js';
import { shortestExact } from './shortest-exact.js';

/** The longest float8: `-2.2250738585072014e-308`. */
export const FLOAT8_TEXT_BYTES = 24;

/** Numbers of at least 10^15 are written with an exponent. */
const FIXED_DIGITS = 15;
const SPLITTER = 0x800_0001;
/** How near a border a distance must be for the quick way to give up; its own error is below 10^-15. */
const UNSURE = 1e-12;
/** The same for distances from a tie, which were multiplied by 10 or 100. */
const UNSURE_TIE = 1e-9;
const MINUS = 0x2d;

/** Writes the float8 at `offset` of the column's values: as an argument it would be boxed. */
export function writeFloat8(
  target: Uint8Array,
  view: DataView,
  position: number,
  source: DataView,
  offset: number,
): number {
  const value = source.getFloat64(offset, true);
  const high = source.getInt32(offset + 4, true);
  const low = source.getInt32(offset, true);
  const exponentField = (high >>> 20) & 0x7ff;
  if (exponentField === 0x7ff) return writeNotFinite(target, position, value);
  let start = position;
  let magnitude = value;
  if (high < 0) {
    target[start++] = MINUS;
    magnitude = -value;
  }
  if (exponentField >= FIRST_EXPONENT_IN_PARTS && exponentField <= LAST_EXPONENT_IN_PARTS) {
    const end = writeFloat8InParts(target, view, start, source, offset);
    return end < 0 ? writeExact(target, view, start, high, low) : end;
  }
  const whole = Math.floor(magnitude);
  if (whole === magnitude && magnitude < 1e15) {
    const upper = Math.floor(magnitude / 0x1_0000_0000);
    return writeUint64(target, view, start, upper, (magnitude - upper * 0x1_0000_0000) | 0);
  }
  if (magnitude < 1e9) {
    // Two decimals are at most 15 digits here, and 15 digits are never longer than the shortest.
    const hundredths = Math.round(magnitude * 100);
    if (hundredths / 100 === magnitude) return writeHundredths(target, view, start, whole, hundredths - whole * 100);
  }
  if (exponentField === 0 || ((high & 0xfffff) === 0 && low === 0)) return writeExact(target, view, start, high, low);

  const entry = exponentField * SCALE_STRIDE;
  const power = float8Scale[entry]!;
  const halfGap = float8Scale[entry + 2]!;
  if (exponentField < SMALL_EXPONENT) magnitude *= 2 ** 256;
  else if (exponentField > LARGE_EXPONENT) magnitude *= 2 ** -256;

  const product = magnitude * power;
  let split = SPLITTER * magnitude;
  const magnitudeHigh = split - (split - magnitude);
  const magnitudeLow = magnitude - magnitudeHigh;
  split = SPLITTER * power;
  const powerHigh = split - (split - power);
  const powerLow = power - powerHigh;
  const error =
    magnitudeHigh * powerHigh -
    product +
    magnitudeHigh * powerLow +
    magnitudeLow * powerHigh +
    magnitudeLow * powerLow +
    magnitude * float8Scale[entry + 1]!;

  let integer = Math.floor(product);
  let fraction = product - integer + error;
  if (fraction < 0) {
    integer -= 1;
    fraction += 1;
  } else if (fraction >= 1) {
    integer += 1;
    fraction -= 1;
  }
  let moreDigits = 0;
  let more = 0;
  const distance = fraction > 0.5 ? 1 - fraction : fraction;
  if (distance < halfGap - UNSURE) {
    if (fraction > 0.5) integer += 1;
  } else {
    if (distance < halfGap + UNSURE) return writeExact(target, view, start, high, low);
    const tenths = fraction * 10;
    more = Math.round(tenths);
    const distanceTenths = Math.abs(tenths - more);
    if (distanceTenths < halfGap * 10 - UNSURE) {
      if (distanceTenths > 0.5 - UNSURE_TIE) return writeExact(target, view, start, high, low);
      moreDigits = 1;
    } else {
      if (distanceTenths < halfGap * 10 + UNSURE) return writeExact(target, view, start, high, low);
      const hundredths = fraction * 100;
      more = Math.round(hundredths);
      if (Math.abs(hundredths - more) > 0.5 - UNSURE_TIE) return writeExact(target, view, start, high, low);
      moreDigits = 2;
    }
  }

  const pointPosition = (integer >= 1e15 ? 16 : 15) - float8Scale[entry + 3]!;
  const digitsStart = startDigits(target, start, pointPosition, FIXED_DIGITS);
  const upper = Math.floor(integer / 100_000_000);
  let digitsEnd = writeUint32(target, view, digitsStart, upper >>> 0);
  digitsEnd = writeEightDigits(view, digitsEnd, (integer - upper * 100_000_000) >>> 0);
  if (moreDigits === 1) target[digitsEnd++] = 0x30 + more;
  else if (moreDigits === 2) digitsEnd = writeTwoDigits(view, digitsEnd, more);
  return finishDigits(target, view, start, digitsStart, digitsEnd, pointPosition, FIXED_DIGITS);
}

function writeExact(target: Uint8Array, view: DataView, start: number, high: number, low: number): number {
  const exponentField = (high >>> 20) & 0x7ff;
  const fraction = (BigInt(high & 0xfffff) << 32n) | BigInt(low >>> 0);
  const { digits, pointPosition } =
    exponentField === 0
      ? shortestExact(fraction, -1074, false)
      : shortestExact(fraction | (1n << 52n), exponentField - 1075, fraction === 0n && exponentField > 1);
  const digitsStart = startDigits(target, start, pointPosition, FIXED_DIGITS);
  for (let digit = 0; digit < digits.length; digit++) target[digitsStart + digit] = digits.charCodeAt(digit);
  return finishDigits(target, view, start, digitsStart, digitsStart + digits.length, pointPosition, FIXED_DIGITS);
}
