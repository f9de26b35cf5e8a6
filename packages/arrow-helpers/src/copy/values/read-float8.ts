/**
 * Floats of up to 19 digits or so, to the nearest double: the digits are two numbers that doubles hold exactly, their products
 * with powers of ten are summed with about 100 bits (Dekker's product), and where that leaves no doubt about the last bit, that is
 * it. No string is made.
 */
import { powerOfTen } from '../../encode/power-of-ten.js';
import { digitCount, digitsValue, fourDigits, POWERS, ZEROS } from './read-digits.js';

const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const SPLITTER = 0x800_0001;
/** So many digits are exact in a double. */
const EXACT_DIGITS = 15;
/** Beyond this exponent, the product or its last bits may leave the range of doubles. */
const MOST_EXPONENT = 250;
/** So many digits may be behind the point, and may have been read of a number. */
const MOST_DIGITS = 2 * EXACT_DIGITS;

/** Reads the number at `position` into `target`; returns its end, or -1 for what the ordinary way should look at. */
export function readFloat8(
  bytes: Buffer,
  view: DataView,
  position: number,
  target: Float64Array | Float32Array,
  row: number,
): number {
  // Without a branch: signs are hard to foresee.
  const negative = ((bytes[position]! ^ MINUS) - 1) >>> 31;
  let at = position + negative;
  let point = -1;
  let upper = 0;
  let upperDigits = 0;
  let lower = 0;
  let lowerDigits = 0;
  for (;;) {
    const word = view.getInt32(at);
    const count = digitCount(word);
    if (count === 4) {
      // Apart from fewer digits, so that the next word is read before these have been counted.
      const value = fourDigits(word ^ ZEROS);
      at += 4;
      if (upperDigits <= EXACT_DIGITS - 4) {
        upper = upper * 10_000 + value;
        upperDigits += 4;
        continue;
      }
      lower = lower * 10_000 + value;
      lowerDigits += 4;
      if (lowerDigits <= EXACT_DIGITS) continue;
    } else if (count > 0) {
      const value = digitsValue(word, count);
      if (upperDigits <= EXACT_DIGITS - 4) {
        upper = upper * POWERS[count]! + value;
        upperDigits += count;
      } else {
        lower = lower * POWERS[count]! + value;
        lowerDigits += count;
      }
      at += count;
    }
    if (bytes[at] !== POINT || point >= 0) break;
    point = at++;
  }
  if (upperDigits === 0 || lowerDigits > EXACT_DIGITS) return -1;
  const fractionDigits = point < 0 ? 0 : at - point - 1;
  let exponent = -fractionDigits;
  if ((bytes[at]! | 0x20) === 0x65) {
    const sign = bytes[++at]!;
    if (sign === MINUS || sign === PLUS) at++;
    const word = view.getInt32(at);
    const count = digitCount(word);
    const written = count === 0 ? MOST_EXPONENT + 1 : digitsValue(word, count);
    if (written > MOST_EXPONENT) return -1;
    at += count;
    exponent += sign === MINUS ? -written : written;
  }
  let value = 0;
  if (upperDigits + lowerDigits <= EXACT_DIGITS && exponent <= 22 && exponent >= -22) {
    const digits = upper * POWERS[lowerDigits]! + lower;
    value = exponent < 0 ? digits / POWERS[-exponent]! : digits * POWERS[exponent]!;
  } else {
    value = nearest(upper, exponent + lowerDigits, lower, exponent);
    // Also where there is doubt.
    if (!(value > 0)) return -1;
  }
  target[row] = value * (1 - 2 * negative);
  return at;
}

/** By exponent: a power of ten in two doubles, and the first of these in two parts of half its bits. */
const STRIDE = 4;
const LEAST = -MOST_EXPONENT - MOST_DIGITS;
const powers = new Float64Array((MOST_EXPONENT + MOST_DIGITS - LEAST + 1) * STRIDE);

/** `upper x 10^upperExponent + lower x 10^lowerExponent`; NaN where it is too near the middle of two doubles. */
function nearest(upper: number, upperExponent: number, lower: number, lowerExponent: number): number {
  const entry = (upperExponent - LEAST) * STRIDE;
  const lowerEntry = (lowerExponent - LEAST) * STRIDE;
  if (powers[entry] === 0) fillPower(entry);
  if (powers[lowerEntry] === 0) fillPower(lowerEntry);
  const power = powers[entry]!;
  const powerHigh = powers[entry + 2]!;
  const powerLow = powers[entry + 3]!;
  const product = upper * power;
  const split = SPLITTER * upper;
  const upperHigh = split - (split - upper);
  const upperLow = upper - upperHigh;
  const error = upperHigh * powerHigh - product + upperHigh * powerLow + upperLow * powerHigh + upperLow * powerLow;
  const more = error + (upper * powers[entry + 1]! + lower * powers[lowerEntry]!);
  const doubt = Math.abs(more) * 2 ** -50 + product * 2 ** -98;
  const value = product + (more + doubt);
  return value === product + (more - doubt) ? value : Number.NaN;
}

function fillPower(entry: number): void {
  const { high, low } = powerOfTen(entry / STRIDE + LEAST);
  const split = SPLITTER * high;
  powers[entry] = high;
  powers[entry + 1] = low;
  powers[entry + 2] = split - (split - high);
  powers[entry + 3] = high - powers[entry + 2]!;
}
