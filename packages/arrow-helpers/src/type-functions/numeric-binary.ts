import { parseNumeric } from './parse-numeric.js';

const specialSigns: ReadonlyMap<string, number> = new Map([
  ['NaN', 0xc000],
  ['Infinity', 0xd000],
  ['-Infinity', 0xf000],
]);

/** numeric: digits to the base 10,000, and the power of it that the first one counts. */
export function numericToBinary(input: string): Uint8Array {
  const text = parseNumeric(input);
  const special = specialSigns.get(text);
  if (special !== undefined) return encode([], 0, special, special === 0xc000 ? 0 : 0x20);
  const negative = text.startsWith('-');
  const [integer = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const whole = integer.padStart(Math.ceil(integer.length / 4) * 4, '0');
  const digits = `${whole}${fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0')}`.match(/\d{4}/g) ?? [];
  const first = digits.findIndex((digit) => digit !== '0000');
  if (first < 0) return encode([], 0, 0, fraction.length);
  const last = digits.findLastIndex((digit) => digit !== '0000');
  const weight = whole.length / 4 - 1 - first;
  return encode(digits.slice(first, last + 1), weight, negative ? 0x4000 : 0, fraction.length);
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
