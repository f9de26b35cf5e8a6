/**
 * The shortest digits of a float8 from 4096 to 2^31: whole part and fraction are written apart. The fraction has at most 40
 * bits there, so that multiplying it by a power of ten and taking the integer away, in two steps, is exact in doubles: no
 * second double has to hold what the first lost (`float8.ts` does so for all other numbers), and no digit is moved.
 */
import { countDigits, writeEightDigits, writeFourDigits, writeTwoDigits, writeUint32 } from '../text-output/digits.js';

/** The exponent fields of 2^12 and 2^30. */
export const FIRST_EXPONENT_IN_PARTS = 1035;
export const LAST_EXPONENT_IN_PARTS = 1053;

/** Digits of the fraction that the first step gives. */
const FIRST_DIGITS = 4;
const STEPS_STRIDE = 3;
const ZERO = 0x30;
const POINT = 0x2e;

/** Per exponent: digits that the second step gives, the power of ten for them, half the gap between neighbours in the last. */
const steps = new Float64Array((LAST_EXPONENT_IN_PARTS + 1 - FIRST_EXPONENT_IN_PARTS) * STEPS_STRIDE);
for (let field = FIRST_EXPONENT_IN_PARTS; field <= LAST_EXPONENT_IN_PARTS; field++) {
  const smallest = 2 ** (field - 1023);
  // With 15 or 16 digits half the gap is between 0.01 and 0.12 of the last one.
  let digits = 0;
  while (smallest * 10 ** (digits + 1) < 1e15) digits++;
  const second = digits - FIRST_DIGITS;
  const halfGap = (smallest * 10 ** digits) / 2 ** 53;
  steps.set([second, 10 ** second, halfGap], (field - FIRST_EXPONENT_IN_PARTS) * STEPS_STRIDE);
}

/**
 * Writes the magnitude of the float8 at `offset` of the column's values (as an argument it would be boxed). Returns -1 for a
 * number half-way between two candidates.
 */
export function writeFloat8InParts(
  target: Uint8Array,
  view: DataView,
  start: number,
  source: DataView,
  offset: number,
): number {
  const magnitude = Math.abs(source.getFloat64(offset, true));
  const whole = magnitude | 0;
  if (whole === magnitude) return writeUint32(target, view, start, whole);
  const exponentField = (source.getInt32(offset + 4, true) >>> 20) & 0x7ff;
  const step = (exponentField - FIRST_EXPONENT_IN_PARTS) * STEPS_STRIDE;
  const halfGap = steps[step + 2]!;
  const scaled = (magnitude - whole) * 10_000;
  let first = scaled | 0;
  const rest = (scaled - first) * steps[step + 1]!;
  let second = rest | 0;
  const fraction = rest - second;

  const point = start + countDigits(whole);
  const end = point + 1 + FIRST_DIGITS + (steps[step]! | 0);
  let last = end;
  if (fraction >= halfGap) {
    if (1 - fraction < halfGap) {
      second += 1;
      if (second === steps[step + 1]!) {
        second = 0;
        first += 1;
      }
    } else {
      last = writeMoreDigits(target, view, end, fraction, halfGap);
      if (last < 0) return last;
    }
  }
  // From right to left, for the eight digits of the second step begin with zeros that are none.
  writeEightDigits(view, end - 8, second);
  writeFourDigits(view, point + 1, first);
  target[point] = POINT;
  writeUint32(target, view, start, whole);
  if (last > end) return last;
  if (second === 0) last = point + 1 + FIRST_DIGITS;
  while (target[last - 1] === ZERO) last--;
  return last;
}

/** One digit or two beyond the second step's. */
function writeMoreDigits(target: Uint8Array, view: DataView, end: number, fraction: number, halfGap: number): number {
  const tenths = fraction * 10;
  const tenth = Math.round(tenths);
  const distance = Math.abs(tenths - tenth);
  if (distance < halfGap * 10) {
    if (distance === 0.5) return -1;
    target[end] = ZERO + tenth;
    return end + 1;
  }
  const hundredths = fraction * 100;
  const hundredth = Math.round(hundredths);
  if (Math.abs(hundredths - hundredth) === 0.5) return -1;
  return writeTwoDigits(view, end, hundredth);
}
