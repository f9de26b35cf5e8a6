/**
 * An integer of up to 128 bits that grows digit by digit, in words of 32: there is one at a time. A word times a power of ten up
 * to a million is exact in a double.
 */

const WORD = 0x1_0000_0000;
const words = new Float64Array(4);
/** How many of them are not zero, or may not be. */
let used = 2;

/** Begins with a number that a double holds exactly. */
export function startWide(value: number): void {
  const high = Math.floor(value / WORD);
  words[0] = value - high * WORD;
  words[1] = high;
  words[2] = 0;
  words[3] = 0;
  used = 2;
}

/** Multiplies by a power of ten up to a million, and adds a number below it. */
export function growWide(power: number, value: number): void {
  let carry = value;
  for (let word = 0; word < used; word++) {
    const product = words[word]! * power + carry;
    carry = Math.floor(product / WORD);
    words[word] = product - carry * WORD;
  }
  if (carry > 0 && used < 4) words[used++] = carry;
}

/** Stores the number, or its negative, in `count` words of `target` from `at` on. */
export function storeWide(target: Int32Array, at: number, count: number, negative: boolean): void {
  let carry = negative ? 1 : 0;
  for (let word = 0; word < count; word++) {
    const value = word < 4 ? words[word]! : 0;
    if (!negative) target[at + word] = value;
    else {
      const complement = WORD - 1 - value + carry;
      carry = complement === WORD ? 1 : 0;
      target[at + word] = complement;
    }
  }
}
