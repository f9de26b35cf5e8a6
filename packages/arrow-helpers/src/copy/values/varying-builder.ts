import { bytesLayout } from './bytes-layout.js';
import { checkUtf8 } from './check-utf8.js';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { type JsonValue, parseJson } from './json-value.js';
import { readBytea } from './read-bytea.js';

/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 48;

/** Strings and bytes, of which the values have any length. They are kept together until the layout is made. */
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

  protected take(rows: number): ColumnBuffers {
    const offsets = this.offsets.subarray(0, rows + 1);
    const values = new Uint8Array(this.values.buffer, this.values.byteOffset, this.offsets[rows]!);
    this.values = Buffer.alloc(0);
    this.offsets = new Int32Array(1);
    return bytesLayout(this.type, values, offsets);
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

/** json: strings that are JSON, and what stands for them in a document around. */
export class JsonTextBuilder extends Utf8Builder {
  override setText(row: number, bytes: Buffer, start: number, end: number): void {
    parseJson(bytes.toString('utf8', start, end));
    super.setText(row, bytes, start, end);
  }

  override setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    parseJson(bytes.toString('utf8', start, end));
    super.setBinary(row, bytes, start, end);
  }

  override setJson(row: number, { source }: JsonValue): void {
    const bytes = Buffer.from(source, 'utf8');
    super.setText(row, bytes, 0, bytes.length);
  }
}

/** bytea. */
export class BinaryBuilder extends VaryingBuilder {
  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.offsets[row]!;
    this.reserveBytes(from + end - start);
    this.offsets[row + 1] = readBytea(this.values, from, bytes, start, end);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    this.append(row, bytes, start, end);
  }
}
