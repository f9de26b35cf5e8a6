import { PgError, sqlstate } from '@riffq/wire';
import type { Float } from 'apache-arrow';
import { Precision } from 'apache-arrow/enum';
import { isBlank, skipSpaces, trimSpaces } from '../../array-input/scan-text.js';
import { doubleFormat, type FloatLiteral, readHexadecimalFloat, singleFormat } from '../../hexadecimal-float.js';
import { invalidInput } from '../../type-functions/input-error.js';
import { checkBinaryLength } from './check-binary-length.js';
import { type BinarySource, type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { readFloat8 } from './read-float8.js';
import { float8Source, type TextSource } from './text-source.js';
import { unwrittenMemory } from './unwritten-memory.js';

const PATTERN = /^[ \t-\r]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[ \t-\r]*$/;
const NOT_FINITE = /^[ \t-\r]*([+-]?)(?:(nan)|inf(?:inity)?)[ \t-\r]*$/i;

/** Powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
/** So many digits fit a double exactly. */
const EXACT_DIGITS = 15;

const MINUS = 0x2d;
const POINT = 0x2e;

const doubleSource = { condition: 'size === 8', statement: 'v[row] = view.getFloat64(at); at = (at + 8) | 0;' };

const double = new Float64Array(1);
const doubleWords = new Int32Array(double.buffer);

/** Whether it is neither too large nor too small for a float4 of all its bits. */
function isSingle(magnitude: number): boolean {
  return magnitude === 0 || (magnitude > 1.2e-38 && magnitude < 3.4e38);
}

/** Float32 and Float64: PostgreSQL's float4 and float8. */
export class FloatBuilder extends ColumnBuilder {
  readonly #isDouble: boolean;
  readonly #name: string;
  readonly #size: number;
  protected values: Float32Array | Float64Array;

  constructor(type: Float) {
    super(type);
    this.#isDouble = type.precision === Precision.DOUBLE;
    this.#name = this.#isDouble ? 'double precision' : 'real';
    this.#size = this.#isDouble ? 8 : 4;
    this.values = this.#make(0);
  }

  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const exact = exactDecimal(bytes, start, end);
    this.values[row] = Number.isNaN(exact) ? this.#parseBytes(bytes, start, end) : exact;
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkBinaryLength(start, end, this.#isDouble ? 8 : 4);
    this.values[row] = this.#isDouble ? bytes.readDoubleBE(start) : bytes.readFloatBE(start);
  }

  override readPlain(row: number, bytes: Buffer, view: DataView, at: number): number {
    if (this.#size === 8) return readFloat8(bytes, view, at, this.values, row);
    const end = readFloat8(bytes, view, at, double, 0);
    // As a double it may have been rounded to the middle of two singles already.
    if (end < 0 || (doubleWords[0]! & 0x1fff_ffff) === 0x1000_0000 || !isSingle(Math.abs(double[0]!))) return -1;
    this.values[row] = double[0]!;
    return end;
  }

  override get textSource(): TextSource | undefined {
    return this.#size === 8 ? float8Source : undefined;
  }

  override get binarySource(): BinarySource | undefined {
    return this.#size === 8 ? doubleSource : undefined;
  }

  override readBinary(row: number, bytes: Buffer, view: DataView, start: number, size: number): boolean {
    if (size !== this.#size) return super.readBinary(row, bytes, view, start, size);
    this.values[row] = size === 8 ? view.getFloat64(start) : view.getFloat32(start);
    return true;
  }

  override setNull(row: number): void {
    super.setNull(row);
    this.values[row] = 0;
  }

  override get nullSource(): string {
    return 'v[row] = 0;';
  }

  protected resize(rows: number): void {
    const values = this.#make(rows);
    values.set(this.values);
    this.values = values;
  }

  protected take(rows: number): ColumnBuffers {
    const values = this.values.subarray(0, rows);
    this.values = this.#make(0);
    return { values };
  }

  #make(rows: number): Float32Array | Float64Array {
    const memory = unwrittenMemory(rows * this.#size);
    return this.#isDouble ? new Float64Array(memory) : new Float32Array(memory);
  }

  #parseBytes(bytes: Buffer, start: number, end: number): number {
    const value = hasOnlyNumberBytes(bytes, start, end) ? Number(bytes.toString('latin1', start, end)) : Number.NaN;
    const stored = this.#isDouble ? value : Math.fround(value);
    // All else is rare: zeros, overflows, other spellings, nonsense.
    if (Number.isFinite(stored) && stored !== 0) return value;
    return this.#parse(bytes.toString('utf8', start, end));
  }

  #parse(text: string): number {
    const [, decimal] = PATTERN.exec(text) ?? [];
    const literal = decimal === undefined ? this.#readHexadecimal(text) : this.#readDecimal(decimal);
    if (literal === undefined) return this.#parseSpecial(text);
    const { value, isZero } = literal;
    if (Number.isFinite(value) && (value !== 0 || isZero)) return value;
    const message = `"${trimSpaces(text)}" is out of range for type ${this.#name}`;
    throw new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message });
  }

  #readDecimal(text: string): Omit<FloatLiteral, 'end'> {
    const value = this.#isDouble ? Number(text) : Math.fround(Number(text));
    return { value, isZero: value === 0 && !/[1-9]/.test(text.replace(/[eE].*/, '')) };
  }

  #readHexadecimal(text: string): FloatLiteral | undefined {
    const format = this.#isDouble ? doubleFormat : singleFormat;
    const literal = readHexadecimalFloat(text, skipSpaces(text, 0), format);
    return literal !== undefined && isBlank(text, literal.end) ? literal : undefined;
  }

  #parseSpecial(text: string): number {
    const special = NOT_FINITE.exec(text);
    if (special === null) throw invalidInput(this.#name, text);
    if (special[2] !== undefined) return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
}

/** The number, if it has few digits and no exponent, so that one division of doubles gives the nearest; else NaN. */
function exactDecimal(bytes: Buffer, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  let at = negative ? start + 1 : start;
  if (end - at > EXACT_DIGITS + 1 || at === end) return Number.NaN;
  let value = 0;
  let fraction = -1;
  let digits = 0;
  for (; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === POINT && fraction < 0) {
      fraction = 0;
      continue;
    }
    const digit = byte - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
    digits++;
    if (fraction >= 0) fraction++;
  }
  if (digits === 0 || digits > EXACT_DIGITS) return Number.NaN;
  if (fraction > 0) value /= POWERS[fraction]!;
  return negative ? -value : value;
}

/** Whether there are only digits, signs, points and `e`: then JavaScript and PostgreSQL mean the same number. */
function hasOnlyNumberBytes(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (!isDigit && byte !== POINT && byte !== MINUS && byte !== 0x2b && (byte | 0x20) !== 0x65) return false;
  }
  return true;
}
