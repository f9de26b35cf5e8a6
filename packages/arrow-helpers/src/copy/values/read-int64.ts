/** Digits that 30 bits hold, and their power of ten. */
const LAST_DIGITS = 9;
const LAST_POWER = 1_000_000_000;
/** With more a number may not fit 64 bits at all. */
const MOST_DIGITS = 19;

/**
 * Stores a number of 10 to 19 digits at `offset`, in two parts of 32 bits; false if it does not fit, or one of the digits is
 * none.
 */
export function storeLongInteger(
  target: DataView,
  offset: number,
  bytes: Buffer,
  first: number,
  end: number,
  negative: boolean,
): boolean {
  if (end - first <= LAST_DIGITS || end - first > MOST_DIGITS) return false;
  const middle = end - LAST_DIGITS;
  const upper = digitsValue(bytes, first, middle);
  const lower = digitsValue(bytes, middle, end);
  if (upper < 0 || lower < 0) return false;
  // The product's lower word, and from the double, which is not off by half of a word, what is above.
  const product = Math.imul(upper, LAST_POWER) >>> 0;
  let high = Math.round((upper * LAST_POWER - product) / 0x1_0000_0000);
  let low = product + lower;
  if (low >= 0x1_0000_0000) {
    low -= 0x1_0000_0000;
    high += 1;
  }
  // The smallest of all goes the ordinary way.
  if (high > 0x7fff_ffff) return false;
  if (negative) {
    low = -low | 0;
    high = low === 0 ? -high : ~high;
  }
  target.setInt32(offset, low, true);
  target.setInt32(offset + 4, high, true);
  return true;
}

/** What at most ten digits stand for; -1 if one of them is none. */
function digitsValue(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
