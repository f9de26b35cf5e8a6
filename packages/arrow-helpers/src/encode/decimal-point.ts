/**
 * Where PostgreSQL puts the decimal point and when it writes an exponent, for the shortest digits of a floating-point
 * number (its `src/common/d2s.c` and `f2s.c`): as `%g` would, but with at least two digits of exponent.
 *
 * A value is `0.d1d2d3... x 10^pointPosition`. The digits are written first, where `startDigits` says, and then
 * `finishDigits` moves at most `pointPosition` of them to make room.
 */
import { writeTwoDigits, writeUint32 } from '../text-output/digits.js';

const ZERO = 0x30;
const POINT = 0x2e;

function isFixed(pointPosition: number, fixedDigits: number): boolean {
  return pointPosition > -4 && pointPosition <= fixedDigits;
}

/** Writes what comes before the digits and returns where they go. */
export function startDigits(target: Uint8Array, start: number, pointPosition: number, fixedDigits: number): number {
  if (pointPosition > 0 || !isFixed(pointPosition, fixedDigits)) return start + 1;
  target[start] = ZERO;
  target[start + 1] = POINT;
  for (let zeros = 0; zeros < -pointPosition; zeros++) target[start + 2 + zeros] = ZERO;
  return start + 2 - pointPosition;
}

/**
 * Drops trailing zeros and sets the point.
 *
 * @param fixedDigits - numbers below `10^fixedDigits` have no exponent: 15 for float8, 6 for float4
 */
export function finishDigits(
  target: Uint8Array,
  view: DataView,
  start: number,
  digitsStart: number,
  digitsEnd: number,
  pointPosition: number,
  fixedDigits: number,
): number {
  let end = digitsEnd;
  while (target[end - 1] === ZERO) end--;
  if (isFixed(pointPosition, fixedDigits)) {
    if (pointPosition <= 0) return end;
    const digits = end - digitsStart;
    if (digits > pointPosition) {
      for (let digit = 0; digit < pointPosition; digit++) target[start + digit] = target[digitsStart + digit]!;
      target[start + pointPosition] = POINT;
      return end;
    }
    for (let digit = 0; digit < digits; digit++) target[start + digit] = target[digitsStart + digit]!;
    for (let digit = digits; digit < pointPosition; digit++) target[start + digit] = ZERO;
    return start + pointPosition;
  }
  target[start] = target[digitsStart]!;
  if (end - digitsStart === 1) end = start + 1;
  else target[digitsStart] = POINT;
  return writeExponent(target, view, end, pointPosition - 1);
}

/** Writes `whole.hh`, of which the last digit may be 0 and is left out then. */
export function writeHundredths(
  target: Uint8Array,
  view: DataView,
  position: number,
  whole: number,
  hundredths: number,
): number {
  const point = writeUint32(target, view, position, whole >>> 0);
  target[point] = 0x2e;
  const end = writeTwoDigits(view, point + 1, hundredths);
  return target[end - 1] === 0x30 ? end - 1 : end;
}

function writeExponent(target: Uint8Array, view: DataView, position: number, exponent: number): number {
  target[position] = 0x65;
  target[position + 1] = exponent < 0 ? 0x2d : 0x2b;
  const magnitude = exponent < 0 ? -exponent : exponent;
  if (magnitude < 100) return writeTwoDigits(view, position + 2, magnitude);
  return writeUint32(target, view, position + 2, magnitude);
}
