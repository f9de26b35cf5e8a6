import type { BufferReader } from '@riffq/wire';
import { formatDecimal } from './format-decimal.js';
import { invalidBinary } from './input-error.js';
import { parseNumeric } from './parse-numeric.js';
import { readInt16 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * numeric: PostgreSQL's text of the number, with all digits and trailing zeros: `1e3` is `1000`, `1.50` stays `1.50`.
 * https://www.postgresql.org/docs/18/datatype-numeric.html
 */
export const numericType: TypeFunctions<string> = {
  input: parseNumeric,
  output: (text) => text,
  receive: readNumeric,
  send: sendNumeric,
};

/** What stands for the sign of numbers that have no digits. */
const specialSigns = [
  [0xc000, 'NaN'],
  [0xd000, 'Infinity'],
  [0xf000, '-Infinity'],
] as const;
const textsOfSigns: ReadonlyMap<number, string> = new Map(specialSigns);
const signsOfTexts: ReadonlyMap<string, number> = new Map(specialSigns.map(([sign, text]) => [text, sign]));

const negativeSign = 0x4000;
const notANumber = 0xc000;
/** What numeric_send writes as the scale of an infinity. */
const infiniteScale = 0x20;
const maximumScale = 0x3fff;

/** Digits to the base 10,000, and the power of it that the first one counts. */
function readNumeric(reader: BufferReader): string {
  const count = reader.uint16();
  const weight = readInt16(reader);
  const sign = reader.uint16();
  const special = textsOfSigns.get(sign);
  if (sign !== 0 && sign !== negativeSign && special === undefined) throw invalid('sign');
  const scale = reader.uint16();
  if (scale > maximumScale) throw invalid('scale');
  let digits = '';
  for (let index = 0; index < count; index++) {
    const digit = reader.uint16();
    if (digit > 9999) throw invalid('digit');
    digits += String(digit).padStart(4, '0');
  }
  if (special !== undefined) return special;
  const point = (weight + 1) * 4;
  return formatDecimal(sign === negativeSign, digits.slice(0, Math.max(0, point + scale)), point, scale);
}

/** Digits to the base 10,000, and the power of it that the first one counts. */
function sendNumeric(text: string): Uint8Array {
  const special = signsOfTexts.get(text);
  if (special !== undefined) return encode([], 0, special, special === notANumber ? 0 : infiniteScale);
  const negative = text.startsWith('-');
  const [integer = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const whole = integer.padStart(Math.ceil(integer.length / 4) * 4, '0');
  const digits = `${whole}${fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')}`.match(/\d{4}/g) ?? [];
  const first = digits.findIndex((digit) => digit !== '0000');
  if (first < 0) return encode([], 0, 0, fraction.length);
  const last = digits.findLastIndex((digit) => digit !== '0000');
  const weight = whole.length / 4 - 1 - first;
  return encode(digits.slice(first, last + 1), weight, negative ? negativeSign : 0, fraction.length);
}

function encode(digits: readonly string[], weight: number, sign: number, scale: number): Uint8Array {
  const bytes = Buffer.alloc(8 + digits.length * 2);
  bytes.writeUInt16BE(digits.length);
  bytes.writeInt16BE(weight, 2);
  bytes.writeUInt16BE(sign, 4);
  bytes.writeUInt16BE(scale, 6);
  for (const [at, digit] of digits.entries()) bytes.writeUInt16BE(Number(digit), 8 + at * 2);
  return bytes;
}

function invalid(part: 'sign' | 'scale' | 'digit'): Error {
  return invalidBinary(`invalid ${part} in external "numeric" value`);
}
