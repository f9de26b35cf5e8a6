/** Floating-point numbers under an extra_float_digits below 1: rounded to a count of digits, as printf's `%.15g` does it. */
import type { Data } from 'apache-arrow';
import { halfToNumber } from './float16.js';
import type { ValueWriter } from './value-writer.js';
import { writeAscii } from './write-ascii.js';

/** A sign, 15 digits, a point, zeros before them, an exponent. */
export const ROUNDED_FLOAT_BYTES = 26;

/** The digits that the types hold whatever the number is (DBL_DIG, FLT_DIG). */
export const FLOAT8_DIGITS = 15;
export const FLOAT4_DIGITS = 6;
/** More digits than decide whether a number lies half-way between two of 15. */
const EXACT_DIGITS = 100;

/** Writes float8 or float4. */
export class RoundedFloatWriter implements ValueWriter {
  readonly #values: ArrayLike<number>;
  readonly #half: boolean;
  readonly #digits: number;

  constructor(data: Data, bits: 16 | 32 | 64, extraFloatDigits: number) {
    this.#values = data.values;
    this.#half = bits === 16;
    this.#digits = (bits === 64 ? FLOAT8_DIGITS : FLOAT4_DIGITS) + extraFloatDigits;
  }

  bound(): number {
    return 0;
  }

  write(index: number, target: Uint8Array, _view: DataView, position: number): number {
    const stored = this.#values[index]!;
    const value = this.#half ? halfToNumber(stored) : stored;
    return writeAscii(target, position, roundedFloat(value, this.#digits));
  }
}

/** C's `%.*g`, of at least one digit. */
export function roundedFloat(value: number, precision: number): string {
  const digits = Math.max(1, precision);
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', power = '0'] = rounded(value, digits).split('e');
  const exponent = Number(power);
  const sign = value < 0 ? '-' : '';
  const significant = mantissa.replace(/[-.]/g, '').replace(/0+$/, '');
  if (exponent < -4 || exponent >= digits) {
    const fraction = significant.length > 1 ? `.${significant.slice(1)}` : '';
    const shown = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${significant[0]}${fraction}e${exponent < 0 ? '-' : '+'}${shown}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${significant}`;
  const whole = significant.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = significant.slice(exponent + 1);
  return sign + whole + (fraction === '' ? '' : `.${fraction}`);
}

/** In exponential notation; of two candidates equally near the even one, where JavaScript takes the larger. */
function rounded(value: number, digits: number): string {
  const nearest = value.toExponential(digits - 1);
  const exact = value.toExponential(EXACT_DIGITS).replace(/e.*/, '').replace(/[-.]/g, '');
  const isHalfWay = exact[digits] === '5' && /^0*$/.test(exact.slice(digits + 1));
  if (!isHalfWay || Number(exact[digits - 1]) % 2 === 1) return nearest;
  const kept = exact.slice(0, digits);
  const power = value.toExponential().replace(/.*e/, '');
  return `${kept[0]}.${kept.slice(1)}e${power}`;
}
