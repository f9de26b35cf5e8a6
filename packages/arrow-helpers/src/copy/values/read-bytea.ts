import { PgError, sqlstate } from '@riffq/wire';
import { digitValue } from '../../array-input/scan-text.js';

const BACKSLASH = 0x5c;

/** Reads bytea's text, in the hex or the escape format, into `target`; the end of what was written. */
export function readBytea(target: Uint8Array, position: number, bytes: Buffer, start: number, end: number): number {
  const hex = bytes[start] === BACKSLASH && bytes[start + 1] === 0x78 && end - start >= 2;
  return hex ? readHex(target, position, bytes, start + 2, end) : readEscaped(target, position, bytes, start, end);
}

function readHex(target: Uint8Array, position: number, bytes: Buffer, start: number, end: number): number {
  let to = position;
  for (let at = start; at < end; ) {
    if (isByteaSpace(bytes[at]!)) {
      at++;
      continue;
    }
    const high = hexDigit(bytes, at, end);
    if (at + 1 === end) throw invalidHex('invalid hexadecimal data: odd number of digits');
    target[to++] = high * 16 + hexDigit(bytes, at + 1, end);
    at += 2;
  }
  return to;
}

/** Fewer characters than isspace() takes. */
function isByteaSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d;
}

function hexDigit(bytes: Buffer, at: number, end: number): number {
  const digit = digitValue(bytes[at]!);
  if (digit < 16) return digit;
  // The character may be of several bytes.
  const character = [...bytes.toString('utf8', at, Math.min(end, at + 4))][0] ?? '';
  throw invalidHex(`invalid hexadecimal digit: "${character}"`);
}

function invalidHex(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message });
}

function readEscaped(target: Uint8Array, position: number, bytes: Buffer, start: number, end: number): number {
  let to = position;
  for (let at = start; at < end; ) {
    const byte = bytes[at]!;
    if (byte !== BACKSLASH) {
      target[to++] = byte;
      at++;
    } else if (at + 1 < end && bytes[at + 1] === BACKSLASH) {
      target[to++] = BACKSLASH;
      at += 2;
    } else {
      const octal = /^[0-3][0-7][0-7]$/.test(bytes.toString('latin1', at + 1, Math.min(end, at + 4)));
      if (!octal) throw invalidBytea();
      target[to++] = Number.parseInt(bytes.toString('latin1', at + 1, at + 4), 8);
      at += 4;
    }
  }
  return to;
}

/** byteain does not repeat the value. */
function invalidBytea(): PgError {
  const state = sqlstate.invalid_text_representation;
  return new PgError({ sqlstate: state, message: 'invalid input syntax for type bytea' });
}
