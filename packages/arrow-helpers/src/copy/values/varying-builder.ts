import { PgError, sqlstate } from '@riffq/wire';
import { checkUtf8 } from './check-utf8.js';
import { ColumnBuilder } from './column-builder.js';

const BACKSLASH = 0x5c;

/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 48;

/** Utf8 and Binary, of which the values are bytes of any length. */
abstract class VaryingBuilder extends ColumnBuilder {
  protected values = Buffer.alloc(0);
  protected offsets = new Int32Array(1);

  override setNull(row: number): void {
    super.setNull(row);
    this.offsets[row + 1] = this.offsets[row]!;
  }

  protected append(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.offsets[row]!;
    this.reserveBytes(from + end - start);
    if (end - start > LOOP_BYTES) bytes.copy(this.values, from, start, end);
    else for (let at = start; at < end; at++) this.values[from + at - start] = bytes[at]!;
    this.offsets[row + 1] = from + end - start;
  }

  protected reserveBytes(length: number): void {
    if (length <= this.values.length) return;
    const values = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.values.length, 1024));
    values.set(this.values);
    this.values = values;
  }

  protected resize(rows: number): void {
    const offsets = new Int32Array(rows + 1);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  protected take(rows: number): { values: ArrayBufferView; offsets: Int32Array } {
    const offsets = this.offsets.subarray(0, rows + 1);
    const values = new Uint8Array(this.values.buffer, this.values.byteOffset, this.offsets[rows]!);
    this.values = Buffer.alloc(0);
    this.offsets = new Int32Array(1);
    return { values, offsets };
  }
}

/** Strings as they are; the reader of text formats has checked that they are UTF-8. */
export class Utf8Builder extends VaryingBuilder {
  setText(row: number, bytes: Buffer, start: number, end: number): void {
    this.append(row, bytes, start, end);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    checkUtf8(bytes, start, end);
    this.append(row, bytes, start, end);
  }
}

/** bytea, in the hex or the escape format. */
export class BinaryBuilder extends VaryingBuilder {
  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.offsets[row]!;
    this.reserveBytes(from + end - start);
    const hex = bytes[start] === BACKSLASH && bytes[start + 1] === 0x78 && end - start >= 2;
    this.offsets[row + 1] = hex
      ? readHex(this.values, from, bytes, start + 2, end)
      : readEscaped(this.values, from, bytes, start, end);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    this.append(row, bytes, start, end);
  }
}

function readHex(target: Buffer, position: number, bytes: Buffer, start: number, end: number): number {
  let to = position;
  for (let at = start; at < end; ) {
    if (isSpace(bytes[at]!)) {
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

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x09 || byte === 0x0d;
}

function hexDigit(bytes: Buffer, at: number, end: number): number {
  const byte = bytes[at]!;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  if (letter >= 0x61 && letter <= 0x66) return letter - 0x57;
  // The character may be of several bytes.
  const character = [...bytes.toString('utf8', at, Math.min(end, at + 4))][0] ?? '';
  throw invalidHex(`invalid hexadecimal digit: "${character}"`);
}

function invalidHex(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_parameter_value, message });
}

function readEscaped(target: Buffer, position: number, bytes: Buffer, start: number, end: number): number {
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
