import { PgError, sqlstate } from '@riffq/wire';
import type { Decimal, Int } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { numericType } from '../../type-functions/numeric-type.js';
import { receiveValue } from '../../type-functions/receive-value.js';
import { ColumnBuilder } from './column-builder.js';
import { type NumericLiteral, readNumericLiteral } from './numeric-literal.js';
import { digitCount, digitsValue, POWERS } from './read-digits.js';
import { growWide, startWide, storeWide } from './wide-integer.js';

/** So many digits fit a double exactly. */
const EXACT_DIGITS = 15;
/** So many fit 64 bits, of which the last six can be apart from the others. */
const LONG_DIGITS = 18;
const LOWER_DIGITS = 6;
const WORD = 0x1_0000_0000;
const MINUS = 0x2d;
const POINT = 0x2e;
const NEGATIVE = 0x4000;
const MAXIMUM_SCALE = 0x3fff;

/** Decimals of any width, which PostgreSQL calls numeric, and UInt64, which has no other type there. */
export class DecimalBuilder extends ColumnBuilder {
  readonly #words: number;
  readonly #scale: number;
  readonly #precision: number;
  /** With so many digits a number is neither out of range nor wider than the wide integer. */
  readonly #plainDigits: number;
  readonly #smallest: bigint;
  readonly #largest: bigint;
  #values = new Int32Array(0);

  constructor(type: Decimal | Int) {
    super(type);
    this.#words = type.bitWidth / 32;
    this.#scale = DataType.isDecimal(type) ? type.scale : 0;
    this.#precision = DataType.isDecimal(type) ? type.precision : 20;
    this.#plainDigits = Math.min(DataType.isDecimal(type) ? this.#precision : 19, 38);
    this.#largest = DataType.isDecimal(type) ? 10n ** BigInt(type.precision) - 1n : 2n ** 64n - 1n;
    this.#smallest = DataType.isDecimal(type) ? -this.#largest : 0n;
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    if (!this.#setShort(row, bytes, start, end))
      this.#setBigint(row, this.#valueOf(readNumericLiteral(bytes.toString('utf8', start, end))));
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    const numeric = receiveValue(numericType, bytes.subarray(start, end), 'numeric');
    this.#setBigint(row, this.#valueOf(readNumericLiteral(numeric)));
  }

  override readPlain(row: number, bytes: Buffer, view: DataView, position: number): number {
    // Without a branch, for signs are hard to foresee.
    const negative = ((bytes[position]! ^ MINUS) - 1) >>> 31;
    let at = position + negative;
    let point = -1;
    let digits = 0;
    // The first digits as a number, those after them as another, and both as a wide integer when there are more.
    let value = 0;
    let lower = 0;
    let lowerDigits = 0;
    let isWide = false;
    for (;;) {
      const word = view.getInt32(at);
      const count = digitCount(word);
      if (count > 0) {
        const more = digitsValue(word, count);
        digits += count;
        if (digits <= EXACT_DIGITS) value = value * POWERS[count]! + more;
        else {
          if (lowerDigits + count > EXACT_DIGITS) {
            if (!isWide) startWide(value);
            growWide(lowerDigits, lower);
            isWide = true;
            lower = 0;
            lowerDigits = 0;
          }
          lower = lower * POWERS[count]! + more;
          lowerDigits += count;
        }
        at += count;
        if (count === 4 && digits <= this.#plainDigits) continue;
      }
      if (bytes[at] !== POINT || point >= 0) break;
      point = at++;
    }
    const zeros = this.#scale - (point < 0 ? 0 : at - point - 1);
    if (digits === 0 || zeros < 0 || digits + zeros > this.#plainDigits || (negative !== 0 && this.#smallest === 0n))
      return -1;
    this.#store(row, value, digits, lower, lowerDigits, isWide, zeros, negative);
    return at;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    const count = view.getUint16(start);
    const weight = view.getInt16(start + 2);
    const sign = view.getUint16(start + 4);
    const scale = view.getUint16(start + 6);
    const exponent = (weight - count + 1) * 4;
    const digits = count * 4;
    const zeros = exponent + this.#scale;
    // PostgreSQL cuts off what is beyond the display scale, where it has only zeros itself.
    const excess = Math.max(0, -exponent - scale);
    const first = count === 0 ? 0 : view.getUint16(start + 8);
    const leading = first >= 1000 ? 0 : first >= 100 ? 1 : first >= 10 ? 2 : 3;
    const isPlain =
      size === 8 + 2 * count &&
      (sign === 0 || (sign === NEGATIVE && this.#smallest < 0n)) &&
      scale <= this.#scale &&
      scale <= MAXIMUM_SCALE &&
      excess <= 3 &&
      digits - leading + zeros <= this.#plainDigits;
    if (!isPlain || (count > 0 && view.getUint16(start + 6 + 2 * count) % POWERS[excess]! !== 0)) {
      return super.readBinary(row, bytes, view, start, size);
    }
    const cut = Math.max(0, -zeros);
    let value = 0;
    let lower = 0;
    let lowerDigits = 0;
    let isWide = false;
    for (let group = 0; group < count; group++) {
      let more = view.getUint16(start + 8 + 2 * group);
      let power = 10_000;
      if (more > 9999) return false;
      if (group === count - 1 && cut > 0) {
        power = POWERS[4 - cut]!;
        more /= POWERS[cut]!;
      }
      if (group < 3) {
        value = value * power + more;
        continue;
      }
      if (lowerDigits === 12) {
        if (!isWide) startWide(value);
        growWide(lowerDigits, lower);
        isWide = true;
        lower = 0;
        lowerDigits = 0;
      }
      lower = lower * power + more;
      lowerDigits += group === count - 1 ? 4 - cut : 4;
    }
    this.#store(row, value, digits - cut, lower, lowerDigits, isWide, Math.max(0, zeros), sign >>> 14);
    return true;
  }

  /**
   * Stores a number of so many digits with zeros behind them: `value`, or if `isWide` the wide integer, is the first of them, and `lower`
   * the last ones.
   */
  #store(
    row: number,
    value: number,
    digits: number,
    lower: number,
    lowerDigits: number,
    isWide: boolean,
    zeros: number,
    negative: number,
  ): void {
    if (digits + zeros <= EXACT_DIGITS && lowerDigits === 0) {
      this.#setNumber(row, negative !== 0 ? -value * POWERS[zeros]! : value * POWERS[zeros]!);
      return;
    }
    if (digits + zeros <= LONG_DIGITS && lowerDigits + zeros <= LOWER_DIGITS) {
      this.#setLong(row, value, POWERS[lowerDigits + zeros]!, lower * POWERS[zeros]!, negative);
      return;
    }
    if (!isWide) startWide(value);
    if (lowerDigits > 0) growWide(lowerDigits, lower);
    for (let rest = zeros; rest > 0; rest -= EXACT_DIGITS) growWide(Math.min(rest, EXACT_DIGITS), 0);
    storeWide(this.#values, row * this.#words, this.#words, negative);
  }

  protected resize(rows: number): void {
    const values = new Int32Array(rows * this.#words);
    values.set(this.#values);
    this.#values = values;
  }

  protected take(rows: number): { values: ArrayBufferView } {
    const { buffer } = this.#values;
    this.#values = new Int32Array(0);
    const { type } = this;
    return { values: new type.ArrayType(buffer, 0, DataType.isDecimal(type) ? rows * this.#words : rows) };
  }

  /** Reads a number of few digits without an exponent; false if it is none. */
  #setShort(row: number, bytes: Buffer, start: number, end: number): boolean {
    const negative = bytes[start] === 0x2d;
    let at = negative ? start + 1 : start;
    if (at === end || end - at > EXACT_DIGITS + 1) return false;
    let value = 0;
    let digits = 0;
    let fraction = -1;
    for (; at < end; at++) {
      const digit = bytes[at]! - 0x30;
      if (digit === -2 && fraction < 0) {
        fraction = 0;
        continue;
      }
      if (digit < 0 || digit > 9) return false;
      value = value * 10 + digit;
      digits++;
      if (fraction >= 0) fraction++;
    }
    const zeros = this.#scale - Math.max(fraction, 0);
    if (digits === 0 || zeros < 0 || digits + zeros > Math.min(EXACT_DIGITS, this.#precision)) return false;
    if (negative && this.#smallest === 0n) return false;
    for (let zero = 0; zero < zeros; zero++) value *= 10;
    this.#setNumber(row, negative ? -value : value);
    return true;
  }

  /** Stores what a double holds exactly. */
  #setNumber(row: number, value: number): void {
    const first = row * this.#words;
    const high = Math.floor(value / 0x1_0000_0000);
    this.#values[first] = value - high * 0x1_0000_0000;
    if (this.#words > 1) this.#values[first + 1] = high;
    for (let word = 2; word < this.#words; word++) this.#values[first + word] = value < 0 ? -1 : 0;
  }

  /** Stores `upper x power + lower`, which fit 63 bits; the power, and what is added, are of few digits. */
  #setLong(row: number, upper: number, power: number, lower: number, negative: number): void {
    const upperHigh = Math.floor(upper / WORD);
    const product = (upper - upperHigh * WORD) * power + lower;
    const carry = Math.floor(product / WORD);
    const low = (((product - carry * WORD) ^ -negative) + negative) | 0;
    const high = (((upperHigh * power + carry) ^ -negative) + (low === 0 ? negative : 0)) | 0;
    const first = row * this.#words;
    this.#values[first] = low;
    this.#values[first + 1] = high;
    for (let word = 2; word < this.#words; word++) this.#values[first + word] = high >> 31;
  }

  #valueOf(literal: NumericLiteral | undefined): bigint {
    if (literal === undefined) throw this.#noNotFinite();
    const magnitude = this.#scaled(literal.digits, literal.exponent);
    return this.#checked(literal.negative ? -magnitude : magnitude);
  }

  /** `digits x 10^exponent` in units of the column's scale, rounded half away from zero. */
  #scaled(digits: string, exponent: number): bigint {
    const significant = digits.replace(/^0+/, '');
    if (significant === '') return 0n;
    const kept = significant.length + exponent + this.#scale;
    // Before any arithmetic, for what a few bytes spell may have a hundred thousand digits.
    if (kept > this.#precision) throw this.#overflow();
    if (kept < 0) return 0n;
    if (kept >= significant.length) return BigInt(significant + '0'.repeat(kept - significant.length));
    return BigInt(significant.slice(0, kept) || '0') + (significant[kept]! >= '5' ? 1n : 0n);
  }

  #checked(value: bigint): bigint {
    if (value < this.#smallest || value > this.#largest) throw this.#overflow();
    return value;
  }

  #overflow(): PgError {
    if (!DataType.isDecimal(this.type)) return overflow('It does not fit the Arrow type Uint64.');
    const limit = this.#precision === this.#scale ? '1' : `10^${this.#precision - this.#scale}`;
    const field = `A field with precision ${this.#precision}, scale ${this.#scale}`;
    return overflow(`${field} must round to an absolute value less than ${limit}.`);
  }

  /** PostgreSQL's numeric has NaN and infinities; Arrow's decimals do not. */
  #noNotFinite(): PgError {
    return overflow('An Arrow decimal cannot hold NaN or an infinite value.');
  }

  #setBigint(row: number, value: bigint): void {
    let rest = value;
    for (let word = 0; word < this.#words; word++) {
      this.#values[row * this.#words + word] = Number(BigInt.asIntN(32, rest));
      rest >>= 32n;
    }
  }
}

function overflow(detail: string): PgError {
  return new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message: 'numeric field overflow', detail });
}
