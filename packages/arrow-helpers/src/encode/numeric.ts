/**
 * PostgreSQL's binary numeric, as numeric_send writes it: the count of base-10000 digits, the weight of the first, the
 * sign, the display scale (16 bits each), then the digits without leading and trailing zeros.
 */
import { decimalDigits } from './decimal.js';
import { divideMagnitude, loadMagnitude, magnitude } from './magnitude.js';

const NEGATIVE = 0x4000;
const HEADER_BYTES = 8;
const POWERS = [1, 10, 100, 1000] as const;

/** Base-10000 digits, lowest first: 78 decimal digits at most, shifted by at most 3. */
const digits = new Uint16Array(21);

/** Upper bound of the binary form of a decimal of `words` 32-bit words. */
export function numericBytes(words: number): number {
  return HEADER_BYTES + 2 * (Math.ceil(decimalDigits(words) / 4) + 1);
}

/** Writes the integer of `words` 32-bit words at `offset` of the column's values, divided by `10^scale`. */
export function writeNumeric(
  view: DataView,
  position: number,
  source: DataView,
  offset: number,
  words: number,
  signed: boolean,
  scale: number,
): number {
  const negative = signed && source.getInt32(offset + words * 4 - 4, true) < 0;
  const used = loadMagnitude(source, offset, words, negative);
  const count = used === 0 ? 0 : splitDigits(used, scale);
  let first = 0;
  while (first < count && digits[first] === 0) first++;
  view.setInt16(position, count - first);
  // The weight counts base-10000 digits from the point: 0 is the one just before it.
  view.setInt16(position + 2, count === 0 ? 0 : count - 1 - ((scale + 3) >> 2));
  view.setInt16(position + 4, negative ? NEGATIVE : 0);
  view.setInt16(position + 6, scale > 0 ? scale : 0);
  let end = position + HEADER_BYTES;
  for (let digit = count - 1; digit >= first; digit--) {
    view.setUint16(end, digits[digit]!);
    end += 2;
  }
  return end;
}

/** Splits the loaded magnitude at the multiples of four digits from the point; returns how many digits there are. */
function splitDigits(words: number, scale: number): number {
  let used = words;
  let count = 0;
  // Decimal digits of the lowest base-10000 digit; the others are zeros beyond the scale.
  const lowest = scale & 3;
  if (lowest !== 0 && !isExact(used)) {
    digits[count++] = divideMagnitude(used, POWERS[lowest]!) * POWERS[4 - lowest]!;
    if (magnitude[used - 1] === 0) used--;
  }
  while (!isExact(used)) {
    digits[count++] = divideMagnitude(used, 10_000);
    if (magnitude[used - 1] === 0) used--;
  }
  let rest = (used > 1 ? magnitude[1]! * 0x1_0000_0000 : 0) + magnitude[0]!;
  if (lowest !== 0 && count === 0) {
    const power = POWERS[lowest]!;
    const quotient = Math.floor(rest / power);
    digits[count++] = (rest - quotient * power) * POWERS[4 - lowest]!;
    rest = quotient;
  }
  while (rest >= 100_000_000) {
    const quotient = Math.floor(rest / 100_000_000);
    const two = (rest - quotient * 100_000_000) | 0;
    const upper = (two / 10_000) | 0;
    digits[count] = two - upper * 10_000;
    digits[count + 1] = upper;
    count += 2;
    rest = quotient;
  }
  for (let small = rest | 0; small > 0; ) {
    const quotient = (small / 10_000) | 0;
    digits[count++] = small - quotient * 10_000;
    small = quotient;
  }
  return count;
}

/** Whether a double holds the loaded magnitude exactly. */
function isExact(words: number): boolean {
  return words < 2 || (words === 2 && magnitude[1]! < 0x20_0000);
}
