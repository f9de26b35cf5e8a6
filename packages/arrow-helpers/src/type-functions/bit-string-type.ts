import { PgError, sqlstate } from '@riffq/wire';
import { characterAt, digitValue, endOfDigits } from '../array-input/scan-text.js';
import { invalidBinary } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';
import { expectTextLength } from './utf8-value.js';

/** Room for rounding up to whole bytes must be left in 31 bits. */
const maximumLength = 2 ** 31 - 8;

/** bit and varbit: a string of `0` and `1`. Text may also be `b101` or, in hexadecimal, `x1F`. */
export const bitStringType: TypeFunctions<string> = {
  input(input) {
    const prefix = input[0];
    if (prefix === 'x' || prefix === 'X') {
      expectDigits(input, 1, 16, 'hexadecimal');
      return formatBits((input.length - 1) * 4, 4, (index) => digitValue(input.charCodeAt(index + 1)));
    }
    const start = prefix === 'b' || prefix === 'B' ? 1 : 0;
    expectDigits(input, start, 2, 'binary');
    return input.slice(start);
  },
  output: (bits) => bits,
  receive(reader) {
    const length = reader.int32();
    if (length < 0 || length > maximumLength) throw invalidBinary('invalid length in external bit string');
    const bytes = reader.bytes(Math.ceil(length / 8));
    return formatBits(length, 8, (index) => bytes[index] ?? 0);
  },
  /** How many bits, then the bits from the highest one of each byte on. */
  send(bits) {
    const bytes = Buffer.alloc(4 + Math.ceil(bits.length / 8));
    bytes.writeInt32BE(bits.length);
    for (let at = 0; at < bits.length; at += 8) {
      bytes[4 + at / 8] = Number.parseInt(bits.slice(at, at + 8).padEnd(8, '0'), 2);
    }
    return bytes;
  },
};

/** So many bits, the highest first, out of groups of equal width. */
function formatBits(length: number, width: number, groupAt: (index: number) => number): string {
  expectTextLength(length);
  const characters = Buffer.allocUnsafe(length);
  for (let start = 0; start < length; start += width) {
    const group = groupAt(start / width);
    const end = Math.min(start + width, length);
    for (let at = start; at < end; at++) characters[at] = 0x30 + ((group >> (width - 1 - (at - start))) & 1);
  }
  return characters.toString('latin1');
}

function expectDigits(input: string, from: number, base: number, name: string): void {
  const end = endOfDigits(input, from, base);
  if (end === input.length) return;
  throw new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: `"${characterAt(input, end)}" is not a valid ${name} digit`,
  });
}
