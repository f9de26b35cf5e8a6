import { bytesLayout } from '../../bytes-layout.js';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { readBytea } from './read-bytea.js';

/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 48;
const FIRST_BYTES = 1024;
/** So many bytes may be written behind a value: a loop copies several at a time. */
const SLACK_BYTES = 16;

/** Strings and bytes, of which the values have any length. They are kept together until the layout is made. */
export abstract class VaryingBuilder extends ColumnBuilder {
  protected values = Buffer.alloc(0);
  /** Of the same bytes. */
  protected view = new DataView(new ArrayBuffer(0));
  protected offsets = new Int32Array(1);
  /** A little more than the last batch had. */
  #usualBytes = FIRST_BYTES;

  override setNull(row: number): void {
    super.setNull(row);
    this.offsets[row + 1] = this.offsets[row]!;
  }

  override reserveBytes(bytes: number, row: number): void {
    const length = this.offsets[row]! + bytes + SLACK_BYTES;
    if (length <= this.values.length) return;
    const values = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.values.length, this.#usualBytes));
    values.set(this.values);
    this.values = values;
    this.view = new DataView(values.buffer, values.byteOffset, values.byteLength);
  }

  protected append(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.offsets[row]!;
    this.reserveBytes(end - start, row);
    if (end - start > LOOP_BYTES) bytes.copy(this.values, from, start, end);
    else for (let at = start; at < end; at++) this.values[from + at - start] = bytes[at]!;
    this.offsets[row + 1] = from + end - start;
  }

  protected resize(rows: number): void {
    const offsets = new Int32Array(rows + 1);
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  protected take(rows: number): ColumnBuffers {
    const offsets = this.offsets.subarray(0, rows + 1);
    const values = this.#exactly(this.offsets[rows]!);
    this.#usualBytes = Math.max(FIRST_BYTES, Math.ceil(values.length * 1.02));
    this.values = Buffer.alloc(0);
    this.view = new DataView(this.values.buffer);
    this.offsets = new Int32Array(1);
    return bytesLayout(this.type, values, offsets);
  }

  /** The values, in no more than twice the room that they take. */
  #exactly(length: number): Uint8Array {
    const { buffer, byteOffset } = this.values;
    const values = new Uint8Array(buffer, byteOffset, length);
    return length + FIRST_BYTES < this.values.length / 2 ? values.slice() : values;
  }
}

/** bytea. */
export class BinaryBuilder extends VaryingBuilder {
  setText(row: number, bytes: Buffer, start: number, end: number): void {
    const from = this.offsets[row]!;
    this.reserveBytes(end - start, row);
    this.offsets[row + 1] = readBytea(this.values, from, bytes, start, end);
  }

  setBinary(row: number, bytes: Buffer, start: number, end: number): void {
    this.append(row, bytes, start, end);
  }

  override readBinary(row: number, bytes: Buffer, _view: DataView, start: number, size: number): boolean {
    this.append(row, bytes, start, start + size);
    return true;
  }
}
