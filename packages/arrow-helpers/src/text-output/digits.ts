/**
 * Decimal digits of non-negative integers, written straight into the output.
 *
 * Every writer here takes the output twice (as bytes and as a DataView, whichever is quicker for the access at hand) and
 * a position, and returns the position after what it wrote. There is no bounds check: the caller has reserved room.
 * Integers come as doubles below 2^53 or as 32-bit halves, for BigInt is ten times slower.
 */

/** Two digits at once: entry `n` holds the characters of `n`, 00 to 99, in memory order on a little-endian read. */
const TWO_DIGITS = new Uint16Array(100);
/** Four digits at once: entry `n` holds the characters of `n`, 0000 to 9999. */
const FOUR_DIGITS = new Uint32Array(10_000);

for (let value = 0; value < 100; value++)
  TWO_DIGITS[value] = (0x30 + Math.floor(value / 10)) | ((0x30 + (value % 10)) << 8);
for (let value = 0; value < 10_000; value++) {
  FOUR_DIGITS[value] = TWO_DIGITS[Math.floor(value / 100)]! | (TWO_DIGITS[value % 100]! << 16);
}

/** Writes exactly two digits of a value in 0..99. */
export function writeTwoDigits(view: DataView, position: number, value: number): number {
  view.setUint16(position, TWO_DIGITS[value]!, true);
  return position + 2;
}

/** Writes exactly four digits of a value in 0..9999. */
export function writeFourDigits(view: DataView, position: number, value: number): number {
  view.setUint32(position, FOUR_DIGITS[value]!, true);
  return position + 4;
}

/** Writes exactly six digits of a value in 0..999999. */
export function writeSixDigits(view: DataView, position: number, value: number): number {
  const high = (value / 10_000) >>> 0;
  view.setUint16(position, TWO_DIGITS[high]!, true);
  view.setUint32(position + 2, FOUR_DIGITS[value - high * 10_000]!, true);
  return position + 6;
}

/** Writes exactly eight digits of a value in 0..99999999. */
export function writeEightDigits(view: DataView, position: number, value: number): number {
  const high = (value / 10_000) >>> 0;
  view.setUint32(position, FOUR_DIGITS[high]!, true);
  view.setUint32(position + 4, FOUR_DIGITS[value - high * 10_000]!, true);
  return position + 8;
}

/** How many decimal digits an unsigned 32-bit integer has. */
export function countDigits(value: number): number {
  if (value < 100_000) {
    if (value < 100) return value < 10 ? 1 : 2;
    if (value < 10_000) return value < 1000 ? 3 : 4;
    return 5;
  }
  if (value < 10_000_000) return value < 1_000_000 ? 6 : 7;
  if (value < 100_000_000) return 8;
  return value < 1_000_000_000 ? 9 : 10;
}

/**
 * Writes an unsigned 32-bit integer without leading zeros.
 *
 * @param bits - signed or not: what does not fit 31 bits is passed signed, for an unsigned one would be boxed
 */
export function writeUint32(target: Uint8Array, view: DataView, position: number, bits: number): number {
  let rest = bits >>> 0;
  const end = position + countDigits(rest);
  let cursor = end;
  while (rest >= 10_000) {
    const high = (rest / 10_000) >>> 0;
    cursor -= 4;
    view.setUint32(cursor, FOUR_DIGITS[rest - high * 10_000]!, true);
    rest = high;
  }
  if (rest >= 100) {
    const high = (rest / 100) >>> 0;
    cursor -= 2;
    view.setUint16(cursor, TWO_DIGITS[rest - high * 100]!, true);
    rest = high;
  }
  if (rest >= 10) view.setUint16(cursor - 2, TWO_DIGITS[rest]!, true);
  else target[cursor - 1] = 0x30 + rest;
  return end;
}

/**
 * Writes an unsigned 64-bit integer without leading zeros.
 *
 * @param high - the upper half, signed or not
 * @param low - the lower half, signed or not
 */
export function writeUint64(target: Uint8Array, view: DataView, position: number, high: number, low: number): number {
  const upper = high >>> 0;
  if (upper === 0) return writeUint32(target, view, position, low);
  let value = upper * 0x1_0000_0000 + (low >>> 0);
  let lastSix = -1;
  if (upper >= 0x20_0000) {
    // Divided by 10^6 in two steps, for then every intermediate value is below 2^53 and exact.
    const quotient = Math.floor(upper / 1_000_000);
    const partial = (upper - quotient * 1_000_000) * 0x1_0000_0000 + (low >>> 0);
    const quotientLow = Math.floor(partial / 1_000_000);
    value = quotient * 0x1_0000_0000 + quotientLow;
    lastSix = partial - quotientLow * 1_000_000;
  }
  const front = Math.floor(value / 100_000_000);
  const lastEight = value - front * 100_000_000;
  let end: number;
  if (front < 0x1_0000_0000) {
    end = writeUint32(target, view, position, front | 0);
  } else {
    const first = Math.floor(front / 100_000_000);
    end = writeUint32(target, view, position, first | 0);
    end = writeEightDigits(view, end, (front - first * 100_000_000) | 0);
  }
  end = writeEightDigits(view, end, lastEight | 0);
  return lastSix < 0 ? end : writeSixDigits(view, end, lastSix | 0);
}
