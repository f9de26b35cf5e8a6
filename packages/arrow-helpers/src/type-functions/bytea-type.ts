import { PgError, sqlstate } from '@riffq/wire';
import { characterAt, digitValue } from '../array-input/scan-text.js';
import type { TypeFunctions } from './type-functions.js';

const backslash = 0x5c;
const onlyDigits = /^\\x[0-9a-fA-F]*$/;

/**
 * bytea: a Uint8Array of its own memory, as what arrives aliases the frame. Text is in hex or escape format.
 * https://www.postgresql.org/docs/18/datatype-binary.html
 */
export const byteaType: TypeFunctions<Uint8Array> = {
  input: (input) => (input.startsWith('\\x') ? parseHex(input) : parseEscaped(input)),
  output: (bytes, { byteaOutput }) =>
    byteaOutput === 'hex' ? `\\x${Buffer.from(bytes).toString('hex')}` : Array.from(bytes, escaped).join(''),
  receive: (reader) => new Uint8Array(reader.rest()),
  send: (bytes) => bytes,
  toValue: (bytes) => bytes,
};

function escaped(byte: number): string {
  if (byte === backslash) return '\\\\';
  return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte);
}

function parseHex(input: string): Uint8Array {
  // What drivers send goes through native code, which by itself stops at what is no digit without a word.
  if (input.length % 2 === 0 && onlyDigits.test(input)) return new Uint8Array(Buffer.from(input.slice(2), 'hex'));
  const bytes = new Uint8Array((input.length - 2) >> 1);
  let length = 0;
  for (let at = 2; at < input.length; ) {
    if (isPairSeparator(input.charCodeAt(at))) {
      at++;
      continue;
    }
    const high = hexDigit(input, at);
    if (at + 1 === input.length) throw invalidParameter('invalid hexadecimal data: odd number of digits');
    bytes[length++] = (high << 4) | hexDigit(input, at + 1);
    at += 2;
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

function hexDigit(input: string, at: number): number {
  const digit = digitValue(input.charCodeAt(at));
  if (digit === 16) throw invalidParameter(`invalid hexadecimal digit: "${characterAt(input, at)}"`);
  return digit;
}

/** Vertical tabs and form feeds are none here, unlike elsewhere. */
function isPairSeparator(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
}

function parseEscaped(input: string): Uint8Array {
  const source = Buffer.from(input, 'utf8');
  const bytes = new Uint8Array(source.length);
  let length = 0;
  for (let at = 0; at < source.length; ) {
    const byte = source[at]!;
    if (byte !== backslash) {
      bytes[length++] = byte;
      at++;
    } else if (source[at + 1] === backslash) {
      bytes[length++] = backslash;
      at += 2;
    } else {
      bytes[length++] = octalByte(source, at + 1);
      at += 4;
    }
  }
  return length === bytes.length ? bytes : bytes.slice(0, length);
}

function octalByte(source: Uint8Array, at: number): number {
  const high = octalDigit(source, at);
  const middle = octalDigit(source, at + 1);
  const low = octalDigit(source, at + 2);
  if (high <= 3 && middle <= 7 && low <= 7) return (high << 6) | (middle << 3) | low;
  throw new PgError({
    sqlstate: sqlstate.invalid_text_representation,
    message: 'invalid input syntax for type bytea',
  });
}

/** More than 7 for what is none. */
function octalDigit(source: Uint8Array, at: number): number {
  return ((source[at] ?? 0) - 0x30) & 0xff;
}

function invalidParameter(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message });
}
