import { fourTimes } from '../four-times.js';

/** A range of fewer bytes is looked through before native code is reached. */
const FEWEST_SEARCHED = 256;

/** Finds the bytes that a format has to quote or to escape. */
export class SpecialBytes {
  readonly #bytes: readonly number[];
  /** By byte. */
  readonly #isSpecial = new Uint8Array(256);
  /** Whether at most two of them are no control characters: these are, four times each, `firstFour` and `secondFour`. */
  readonly isFew: boolean;
  readonly firstFour: number;
  readonly secondFour: number;

  /** @param bytes - ASCII */
  constructor(bytes: readonly number[]) {
    this.#bytes = [...new Set(bytes)];
    for (const byte of bytes) this.#isSpecial[byte] = 1;
    const printable = this.#bytes.filter((byte) => byte >= 0x20);
    const [first = bytes[0] ?? 0, second = first] = printable;
    this.isFew = printable.length <= 2;
    this.firstFour = fourTimes(first);
    this.secondFour = fourTimes(second);
  }

  /** Whether any of them is between `start` and `end`. */
  areIn(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < FEWEST_SEARCHED) {
      for (let at = start; at < end; at++) if (this.#isSpecial[bytes[at]!] !== 0) return true;
      return false;
    }
    // A search for each is ten times quicker than one loop for all.
    const range = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
    return this.#bytes.some((byte) => range.includes(byte));
  }
}
