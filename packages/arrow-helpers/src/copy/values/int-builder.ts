import type { Int } from 'apache-arrow';
import { invalidInput, outOfRange } from '../../type-functions/input-error.js';
import { checkBinaryLength } from './check-binary-length.js';
import type { BinarySource } from './column-builder.js';
import { FixedWidthBuilder } from './fixed-width-builder.js';
import { digitCount, digitsValue, isDigit, POWERS } from './read-digits.js';
import { storeLongInteger } from './read-int64.js';
import { int4Source, int8Source, type TextSource } from './text-source.js';

/** What PostgreSQL's integer types read: digits in four bases, with underscores between them; and what comes after them. */
const PATTERN =
  /^[ \t-\r]*([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|\d(?:_?\d)*)[ \t-\r]*(.*)$/s;
const BASES: Readonly<Record<string, bigint>> = { '0x': 16n, '0o': 8n, '0b': 2n };

/** So many digits fit a double exactly. */
const EXACT_DIGITS = 15;
const MINUS = 0x2d;

const names = { 2: 'smallint', 4: 'integer', 8: 'bigint' } as const;

const sources = {
  4: { condition: 'size === 4', statement: 'v.setInt32(row << 2, view.getInt32(at), true); at = (at + 4) | 0;' },
  8: {
    condition: 'size === 8',
    // As in copyText: a float64 that is not NaN keeps all its bits.
    statement: `number = view.getFloat64(at);
if (!Number.isNaN(number)) v.setFloat64(row << 3, number, true);
else { v.setInt32(row << 3, view.getInt32(at + 4), true); v.setInt32((row << 3) + 4, view.getInt32(at), true); }
at = (at + 8) | 0;`,
  },
};

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
    const first = negative ? start + 1 : start;
    if (this.bytes === 8 && storeLongInteger(this.values, row * 8, bytes, first, end, negative)) return;
    this.#setBigint(row, this.#parse(bytes.toString('utf8', start, end)));
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

  override readPlain(row: number, bytes: Buffer, view: DataView, position: number): number {
    const negative = bytes[position] === MINUS;
    const first = negative ? position + 1 : position;
    let at = first;
    let value = 0;
    for (let count = 4; count === 4 && at - first < 16; at += count) {
      const word = view.getInt32(at);
      count = digitCount(word);
      if (count > 0) value = value * POWERS[count]! + digitsValue(word, count);
    }
    if (at - first === 16) {
      while (isDigit(bytes[at]!)) at++;
      if (value > Number.MAX_SAFE_INTEGER || at - first > 16) {
        return this.bytes === 8 && storeLongInteger(this.values, row * 8, bytes, first, at, negative) ? at : -1;
      }
    }
    if (negative) value = -value;
    if (at === first || value < this.#smallestNumber || value > this.#largestNumber) return -1;
    this.setNumber(row, value);
    return at;
  }

  override get textSource(): TextSource | undefined {
    if (this.bytes === 4 && this.#postgresBytes === 4) return int4Source;
    return this.bytes === 8 ? int8Source : undefined;
  }

  override get binarySource(): BinarySource | undefined {
    if (this.bytes === 4 && this.#postgresBytes === 4) return sources[4];
    return this.bytes === 8 ? sources[8] : undefined;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    if (size !== this.bytes || size !== this.#postgresBytes) return super.readBinary(row, bytes, view, start, size);
    const { values } = this;
    if (size === 4) values.setInt32(row * 4, view.getInt32(start), true);
    else if (size === 8) {
      values.setInt32(row * 8, view.getInt32(start + 4), true);
      values.setInt32(row * 8 + 4, view.getInt32(start), true);
    } else values.setInt16(row * 2, view.getInt16(start), true);
    return true;
  }

  #parse(text: string): bigint {
    const type = names[this.#postgresBytes];
    const [, sign, digits, rest] = PATTERN.exec(text) ?? [];
    if (digits === undefined) throw invalidInput(type, text);
    const magnitude = BigInt(digits.replaceAll('_', ''));
    if (rest !== '') throw this.#hasDigitTooMany(digits, magnitude) ? outOfRange(type, text) : invalidInput(type, text);
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
