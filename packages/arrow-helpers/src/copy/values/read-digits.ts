/**
 * Digits of ASCII, four at a time: of words that a DataView reads in network byte order. With {@link digitCount} and
 * {@link digitsValue} a loop reads any number of them and branches but once for each word.
 */

export const ZEROS = 0x3030_3030;
/** Above 9 the sum has a carry to the upper half of a byte, where no digit has anything. */
export const SIX = 0x0606_0606;
export const UPPER_HALVES = 0xf0f0_f0f0;

/** With how many digits the word begins. */
export function digitCount(word: number): number {
  const digits = word ^ ZEROS;
  return Math.clz32((digits | (digits + SIX)) & UPPER_HALVES) >> 3;
}

/** The number that the first `count` digits of the word stand for; there must be one at least. */
export function digitsValue(word: number, count: number): number {
  return fourDigits((word ^ ZEROS) >>> (32 - 8 * count));
}

/** The number of four digits, of which each is a byte. */
export function fourDigits(digits: number): number {
  // Tens and ones in the same byte, of which every second one counts.
  const pairs = (Math.imul(digits, 10) >>> 8) + digits;
  return ((pairs >>> 16) & 0xff) * 100 + (pairs & 0xff);
}

/** The number that two digits stand for; -1 if one of them is none. */
export function twoDigits(word: number): number {
  const digits = word ^ 0x3030;
  if (((digits | (digits + 0x0606)) & 0xf0f0) !== 0) return -1;
  return (digits >> 8) * 10 + (digits & 0xff);
}

/** Powers of ten that a double holds exactly. */
export const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
