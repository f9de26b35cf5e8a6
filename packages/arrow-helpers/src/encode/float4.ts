/**
 * float4 as float4out prints it: the shortest digits that read back as the same float4, which are fewer than those of the
 * same number as float8.
 *
 * The way is float8's (`float8.ts`), but one double holds the product well enough: the number is brought between 10^5
 * and 2 x 10^6, where half the gap to its neighbours is between 0.005 and 0.06.
 *
 * Borders and ties are met often, for a float4 has few bits: 300000.125 is a tie. From 10^-7 to 10^13 they need no exact
 * arithmetic: there a distance that is not on the border differs from it by far more than the product's error.
 */

import { writeTwoDigits, writeUint32 } from '../text-output/digits.js';
import { finishDigits, startDigits, writeHundredths } from './decimal-point.js';
import { writeNotFinite } from './not-finite.js';
import { shortestExact } from './shortest-exact.js';

/** The longest float4: `-0.000` and nine digits. */
export const FLOAT4_TEXT_BYTES = 15;

/** Numbers of at least 10^6 are written with an exponent. */
const FIXED_DIGITS = 6;
const UNSURE = 1e-8;
const UNSURE_TIE = 1e-7;
/** The decimal shifts of 10^13 and 10^-7. */
const FIRST_SURE_SHIFT = -8;
const LAST_SURE_SHIFT = 12;

/** Entries per binary exponent: power of ten, half the gap to the next number, decimal shift. */
const STRIDE = 3;
const scale = new Float64Array(256 * STRIDE);

for (let field = 1, decimalShift = 43; field < 255; field++) {
  const smallest = 2 ** (field - 127);
  while (smallest * Number(`1e${decimalShift}`) >= 1e6) decimalShift--;
  const power = Number(`1e${decimalShift}`);
  scale[field * STRIDE] = power;
  scale[field * STRIDE + 1] = smallest * power * 2 ** -24;
  scale[field * STRIDE + 2] = decimalShift;
}

/** Writes the float4 at `offset` of the column's values: as an argument it would be boxed. */
export function writeFloat4(
  target: Uint8Array,
  view: DataView,
  position: number,
  source: DataView,
  offset: number,
): number {
  const value = source.getFloat32(offset, true);
  const bits = source.getInt32(offset, true);
  const exponentField = (bits >>> 23) & 0xff;
  if (exponentField === 0xff) return writeNotFinite(target, position, value);
  let start = position;
  let magnitude = value;
  if (bits < 0) {
    target[start++] = 0x2d;
    magnitude = -value;
  }
  if (magnitude < 1e6 && Math.floor(magnitude) === magnitude) return writeUint32(target, view, start, magnitude >>> 0);
  if (exponentField === 0 || (bits & 0x7f_ffff) === 0) {
    // Of the powers of two, 0.5 and 0.25 are met often.
    if (magnitude * 4 === 1 || magnitude * 2 === 1) return writeHundredths(target, view, start, 0, magnitude * 100);
    return writeExact(target, view, start, bits);
  }

  const entry = exponentField * STRIDE;
  const halfGap = scale[entry + 1]!;
  const decimalShift = scale[entry + 2]!;
  const sure = decimalShift >= FIRST_SURE_SHIFT && decimalShift <= LAST_SURE_SHIFT;
  const product = magnitude * scale[entry]!;
  let integer = Math.floor(product);
  const fraction = product - integer;
  let moreDigits = 0;
  let more = 0;
  const distance = fraction > 0.5 ? 1 - fraction : fraction;
  if (distance < halfGap - UNSURE) {
    if (fraction > 0.5) integer += 1;
  } else {
    if (!sure && distance < halfGap + UNSURE) return writeExact(target, view, start, bits);
    const tenths = fraction * 10;
    more = Math.round(tenths);
    const distanceTenths = Math.abs(tenths - more);
    moreDigits = 1;
    if (distanceTenths < halfGap * 10 - UNSURE) {
      if (distanceTenths > 0.5 - UNSURE_TIE) {
        if (!sure) return writeExact(target, view, start, bits);
        more = evenNeighbour(tenths);
      }
    } else {
      if (!sure && distanceTenths < halfGap * 10 + UNSURE) return writeExact(target, view, start, bits);
      const hundredths = fraction * 100;
      more = Math.round(hundredths);
      moreDigits = 2;
      if (Math.abs(hundredths - more) > 0.5 - UNSURE_TIE) {
        if (!sure) return writeExact(target, view, start, bits);
        more = evenNeighbour(hundredths);
      }
    }
  }

  const pointPosition = (integer >= 1e6 ? 7 : 6) - decimalShift;
  const digitsStart = startDigits(target, start, pointPosition, FIXED_DIGITS);
  let digitsEnd = writeUint32(target, view, digitsStart, integer >>> 0);
  if (moreDigits === 1) target[digitsEnd++] = 0x30 + more;
  else if (moreDigits === 2) digitsEnd = writeTwoDigits(view, digitsEnd, more);
  return finishDigits(target, view, start, digitsStart, digitsEnd, pointPosition, FIXED_DIGITS);
}

/** Of the integers on both sides of a tie, the even one. */
function evenNeighbour(tie: number): number {
  const below = Math.floor(tie);
  return below % 2 === 0 ? below : below + 1;
}

function writeExact(target: Uint8Array, view: DataView, start: number, bits: number): number {
  const exponentField = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7f_ffff;
  const { digits, pointPosition } =
    exponentField === 0
      ? shortestExact(BigInt(fraction), -149, false)
      : shortestExact(BigInt(fraction | 0x80_0000), exponentField - 150, fraction === 0 && exponentField > 1);
  const digitsStart = startDigits(target, start, pointPosition, FIXED_DIGITS);
  for (let digit = 0; digit < digits.length; digit++) target[digitsStart + digit] = digits.charCodeAt(digit);
  return finishDigits(target, view, start, digitsStart, digitsStart + digits.length, pointPosition, FIXED_DIGITS);
}
