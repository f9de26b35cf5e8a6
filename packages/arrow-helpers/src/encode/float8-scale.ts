import { powerOfTen } from './power-of-ten.js';

/** For each binary exponent of a float8, the power of ten that brings the number between 10^14 and 2 x 10^15. */

/** Entries per binary exponent: power (high part), power (low part), half the gap to the next number, decimal shift. */
export const SCALE_STRIDE = 4;

/** Numbers whose exponent field is below this are multiplied by 2^256 first, so that no power of ten overflows. */
export const SMALL_EXPONENT = 128;

/** Numbers whose exponent field is above this are multiplied by 2^-256 first. */
export const LARGE_EXPONENT = 1918;

/** The table, by `exponentField * SCALE_STRIDE`; the fields 0 (subnormal) and 2047 (not finite) have no entry. */
export const float8Scale = makeFloat8Scale();

function makeFloat8Scale(): Float64Array {
  const table = new Float64Array(2048 * SCALE_STRIDE);
  let decimalShift = 323;
  let power = powerOfTen(decimalShift, 256);
  let powerBinaryShift = 256;
  for (let field = 1; field < 2047; field++) {
    const binaryShift = field < SMALL_EXPONENT ? 256 : field > LARGE_EXPONENT ? -256 : 0;
    const smallest = 2 ** (field - 1023 + binaryShift);
    while (binaryShift !== powerBinaryShift || smallest * power.high >= 1e15) {
      if (binaryShift === powerBinaryShift) decimalShift--;
      powerBinaryShift = binaryShift;
      power = powerOfTen(decimalShift, binaryShift);
    }
    const entry = field * SCALE_STRIDE;
    table[entry] = power.high;
    table[entry + 1] = power.low;
    table[entry + 2] = smallest * power.high * 2 ** -53;
    table[entry + 3] = decimalShift;
  }
  return table;
}
