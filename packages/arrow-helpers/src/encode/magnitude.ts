/**
 * The absolute value of the integer at hand, up to 256 bits, for the decimal writers. One scratch for all of them: values
 * are written one after another, and none is kept.
 */

/** Little-endian words; those at or above the count that the loader returned are not meaningful. */
export const magnitude = new Uint32Array(8);

/**
 * Loads a little-endian integer of `words` 32-bit words and returns how many of them are in use: 0 for zero.
 *
 * @param negative - whether it is a two's complement number below zero, which is negated
 */
export function loadMagnitude(source: DataView, offset: number, words: number, negative: boolean): number {
  // Most decimals of 128 bits would fit 64: the words above are all sign.
  const sign = negative ? -1 : 0;
  let top = words - 1;
  while (top > 0 && source.getInt32(offset + top * 4, true) === sign) top--;
  if (!negative) {
    for (let word = 0; word <= top; word++) magnitude[word] = source.getInt32(offset + word * 4, true);
    return top === 0 && magnitude[0] === 0 ? 0 : top + 1;
  }
  let carry = true;
  for (let word = 0; word <= top; word++) {
    const value = source.getInt32(offset + word * 4, true);
    magnitude[word] = carry ? -value : ~value;
    carry &&= value === 0;
  }
  if (carry) magnitude[++top] = 1;
  return top + 1;
}

/** Divides by a divisor below 2^21 in place and returns the remainder. */
export function divideMagnitude(words: number, divisor: number): number {
  let remainder = 0;
  for (let word = words - 1; word >= 0; word--) {
    const partial = remainder * 0x1_0000_0000 + magnitude[word]!;
    const quotient = Math.floor(partial / divisor);
    magnitude[word] = quotient;
    remainder = partial - quotient * divisor;
  }
  return remainder;
}
