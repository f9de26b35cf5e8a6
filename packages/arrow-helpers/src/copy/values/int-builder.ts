import type { Int } from 'apache-arrow';
import { FixedWidthBuilder } from './fixed-width-builder.js';
import { checkBinaryLength, invalidSyntax, outOfRange } from './invalid-value.js';

/** What PostgreSQL's integer types read: digits in four bases, with underscores between them; and what comes after them. */
const PATTERN =
  /^[ \t-\r]*([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|\d(?:_?\d)*)[ \t-\r]*(.*)$/s;
const BASES: Readonly<Record<string, bigint>> = { '0x': 16n, '0o': 8n, '0b': 2n };

/** So many digits fit a double exactly. */
const EXACT_DIGITS = 15;
const MINUS = 0x2d;
/** Digits that 30 bits hold, and their power of ten. */
const LAST_DIGITS = 9;
const LAST_POWER = 1_000_000_000;

const names = { 2: 'smallint', 4: 'integer', 8: 'bigint' } as const;

/** Signed and unsigned integers; unsigned ones are read as the next larger type of PostgreSQL, and UInt64 as a bigint. */
export class IntBuilder extends FixedWidthBuilder {
  readonly #postgresBytes: 2 | 4 | 8;
  readonly #smallest: bigint;
  readonly #largest: bigint;
  readonly #smallestNumber: number;
  readonly #largestNumber: number;

  constructor(type: Int) {
    super(type, type.bitWidth / 8);
    const { bitWidth, isSigned } = type;
    const bits = bitWidth + (isSigned ? 0 : 1);
    this.#postgresBytes = bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
    this.#smallest = isSigned ? -(2n ** BigInt(bitWidth - 1)) : 0n;
    this.#largest = isSigned ? 2n ** BigInt(bitWidth - 1) - 1n : 2n ** BigInt(bitWidth) - 1n;
    this.#smallestNumber = Number(this.#smallest);
    this.#largestNumber = Number(this.#largest);
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const negative = bytes[start] === MINUS;
    let at = negative ? start + 1 : start;
    if (at < end && end - at <= EXACT_DIGITS) {
      let value = 0;
      for (; at < end; at++) {
        const digit = bytes[at]! - 0x30;
        if (digit < 0 || digit > 9) break;
        value = value * 10 + digit;
      }
      if (at === end) {
        if (negative) value = -value;
        if (value >= this.#smallestNumber && value <= this.#largestNumber) {
          this.setNumber(row, value);
          return;
        }
      }
    }
    if (this.bytes === 8 && this.#setLong(row, bytes, start, end)) return;
    this.#setBigint(row, this.#parse(bytes.toString('utf8', start, end)));
  }

  /** Numbers of 16 to 18 digits, which every 64 bits hold, in two parts of 32; false for all else. */
  #setLong(row: number, bytes: Buffer, start: number, end: number): boolean {
    const negative = bytes[start] === MINUS;
    const first = negative ? start + 1 : start;
    const middle = end - LAST_DIGITS;
    if (end - first <= EXACT_DIGITS || end - first > 2 * LAST_DIGITS) return false;
    const upper = digitsValue(bytes, first, middle);
    const lower = digitsValue(bytes, middle, end);
    if (upper < 0 || lower < 0) return false;
    // The product of two numbers below 2^30: its lower word, and from the double what is above.
    const product = Math.imul(upper, LAST_POWER) >>> 0;
    let high = Math.round((upper * LAST_POWER - product) / 0x1_0000_0000);
    let low = product + lower;
    if (low >= 0x1_0000_0000) {
      low -= 0x1_0000_0000;
      high += 1;
    }
    if (negative) {
      low = -low | 0;
      high = low === 0 ? -high : ~high;
    }
    this.values.setUint32(row * 8, low, true);
    this.values.setInt32(row * 8 + 4, high, true);
    return true;
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkBinaryLength(start, end, this.#postgresBytes);
    if (this.bytes === 8) {
      this.values.setInt32(row * 8, bytes.readInt32BE(start + 4), true);
      this.values.setInt32(row * 8 + 4, bytes.readInt32BE(start), true);
      return;
    }
    const size = this.#postgresBytes;
    const value = size === 8 ? Number(bytes.readBigInt64BE(start)) : bytes.readIntBE(start, size);
    if (value < this.#smallestNumber || value > this.#largestNumber) throw outOfRange(names[size], String(value));
    this.setNumber(row, value);
  }

  #parse(text: string): bigint {
    const type = names[this.#postgresBytes];
    const [, sign, digits, rest] = PATTERN.exec(text) ?? [];
    if (digits === undefined) throw invalidSyntax(type, text);
    const magnitude = BigInt(digits.replaceAll('_', ''));
    if (rest !== '')
      throw this.#hasDigitTooMany(digits, magnitude) ? outOfRange(type, text) : invalidSyntax(type, text);
    const value = sign === '-' ? -magnitude : magnitude;
    if (value < this.#smallest || value > this.#largest) throw outOfRange(type, text);
    return value;
  }

  /** Whether PostgreSQL stops at the digits, before it sees what follows them: it looks at the value before each one. */
  #hasDigitTooMany(digits: string, magnitude: bigint): boolean {
    const base = BASES[digits.slice(0, 2).toLowerCase()] ?? 10n;
    return magnitude / base > 2n ** BigInt(this.#postgresBytes * 8 - 1) / base;
  }

  #setBigint(row: number, value: bigint): void {
    if (this.bytes === 8) this.values.setBigInt64(row * 8, value, true);
    else this.setNumber(row, Number(value));
  }
}

/** What at most nine digits stand for; -1 if one of them is none. */
function digitsValue(bytes: Buffer, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
