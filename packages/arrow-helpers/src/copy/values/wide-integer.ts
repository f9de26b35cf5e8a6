/**
 * An integer of up to 128 bits that grows by up to fifteen digits at a time, in limbs of 26 bits: there is one at a time. A limb times
 * either half of a power of ten is exact in a double, and so is the sum of two such products.
 */

import { POWERS } from './read-digits.js';

const LIMB = 0x400_0000;
const limbs = new Float64Array(5);
/** How many of them are not zero, or may not be. */
let used = 2;

/** By exponent: a power's lower 26 bits, and what is above. */
const lowerHalves = POWERS.slice(0, 16).map((power) => power % LIMB);
const upperHalves = POWERS.slice(0, 16).map((power) => Math.floor(power / LIMB));

/** Begins with a number of up to fifteen digits. */
export function startWide(value: number): void {
  const upper = Math.floor(value / LIMB);
  limbs[0] = value - upper * LIMB;
  limbs[1] = upper;
  for (let index = 2; index < 5; index++) limbs[index] = 0;
  used = 2;
}

/** Multiplies by a power of ten, by its exponent up to fifteen, and adds a number below it. */
export function growWide(exponent: number, value: number): void {
  const lower = lowerHalves[exponent]!;
  const upper = upperHalves[exponent]!;
  const last = Math.min(used + 2, limbs.length);
  let carry = value;
  let before = 0;
  for (let index = 0; index < last; index++) {
    const limb = limbs[index]!;
    const sum = limb * lower + before * upper + carry;
    carry = Math.floor(sum / LIMB);
    limbs[index] = sum - carry * LIMB;
    before = limb;
  }
  used = last;
}

/** Stores the number, or with `negative` 1 its negative, in `count` words of 32 bits of `target` from `at` on. */
export function storeWide(target: Int32Array, at: number, count: number, negative: number): void {
  let carry = negative;
  for (let word = 0; word < count; word++) {
    const value = word < 4 ? (limbs[word]! >>> (6 * word)) | (limbs[word + 1]! << (26 - 6 * word)) : 0;
    const stored = ((value ^ -negative) + carry) | 0;
    target[at + word] = stored;
    if (stored !== 0) carry = 0;
  }
}
