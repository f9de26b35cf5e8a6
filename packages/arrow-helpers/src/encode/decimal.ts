/** Arrow decimals of any width as numeric_out prints them: all digits of the scale, no exponent. */
import { writeSixDigits, writeUint64 } from '../text-output/digits.js';
import { divideMagnitude, loadMagnitude, magnitude } from './magnitude.js';

const ZERO = 0x30;

/** Six-digit groups that were split off, lowest first: 78 digits at most. */
const groups = new Uint32Array(13);

/** Upper bound of the text of a decimal of `words` 32-bit words. */
export function decimalTextBytes(words: number, scale: number): number {
  return 2 + Math.max(decimalDigits(words), scale + 1) + Math.max(0, -scale);
}

/** How many digits the largest integer of `words` 32-bit words has, at most. */
export function decimalDigits(words: number): number {
  return Math.ceil(words * 32 * Math.LOG10E * Math.LN2);
}

/**
 * Writes the decimal at `offset` of the column's values.
 *
 * @param scale - digits after the point; a negative one stands for that many zeros before it
 */
export function writeDecimal(
  target: Uint8Array,
  view: DataView,
  position: number,
  source: DataView,
  offset: number,
  words: number,
  scale: number,
): number {
  const negative = source.getInt32(offset + words * 4 - 4, true) < 0;
  const used = loadMagnitude(source, offset, words, negative);
  let start = position;
  if (negative) target[start++] = 0x2d;
  let end = writeMagnitude(target, view, start, used);
  if (scale > 0) return insertPoint(target, start, end, scale);
  if (used > 0) for (let zero = scale; zero < 0; zero++) target[end++] = ZERO;
  return end;
}

function writeMagnitude(target: Uint8Array, view: DataView, position: number, words: number): number {
  let used = words;
  let count = 0;
  while (used > 2) {
    groups[count++] = divideMagnitude(used, 1_000_000);
    if (magnitude[used - 1] === 0) used--;
  }
  // As halves, not as one double, which would be boxed.
  const high = used > 1 ? magnitude[1]! | 0 : 0;
  let end = writeUint64(target, view, position, high, magnitude[0]! | 0);
  while (count > 0) end = writeSixDigits(view, end, groups[--count]!);
  return end;
}

/** Puts the point before the last `scale` digits, with zeros in front where there are too few. */
function insertPoint(target: Uint8Array, start: number, digitsEnd: number, scale: number): number {
  let end = digitsEnd;
  const missing = scale + 1 - (end - start);
  if (missing > 0) {
    for (let index = end - 1; index >= start; index--) target[index + missing] = target[index]!;
    for (let index = 0; index < missing; index++) target[start + index] = ZERO;
    end += missing;
  }
  for (let index = end; index > end - scale; index--) target[index] = target[index - 1]!;
  target[end - scale] = 0x2e;
  return end + 1;
}
