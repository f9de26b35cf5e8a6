import { bytesLayout } from '../../bytes-layout.js';
import { type ColumnBuffers, ColumnBuilder } from './column-builder.js';
import { readBytea } from './read-bytea.js';
import { unwrittenMemory } from './unwritten-memory.js';

/** Above this many bytes one native copy is quicker than a loop. */
const LOOP_BYTES = 48;
const FIRST_BYTES = 1024;
/** So many bytes may be written behind a value: a loop copies several at a time. */
const SLACK_BYTES = 16;
/** So many rows tell how much room those to come will need: room that is not used costs nothing, and copying does. */
const KNOWN_ROWS = 4;
const MARGIN = 1.02;
/** A batch has no more. */
const BATCH_BYTES = 8.5 * 1024 * 1024;
/** So much room for what comes at once is remembered. */
const MOST_ROOM = 256 * 1024;

/** Strings and bytes, of which the values have any length. They are kept together until the layout is made. */
export abstract class VaryingBuilder extends ColumnBuilder {
  protected values = Buffer.alloc(0);
  /** Of the same bytes. */
  protected view = new DataView(new ArrayBuffer(0));
  protected offsets: Int32Array = new Int32Array(1);
  /** A little more than the last batch had, with the room that was asked for at once: so that buffers do not grow. */
  #usualBytes = FIRST_BYTES;
  #room = 0;

  override setNull(row: number): void {
    super.setNull(row);
    this.offsets[row + 1] = this.offsets[row]!;
  }

  override get nullSource(): string {
    return 'o[row + 1] = o[row];';
  }

  override reserveBytes(bytes: number, row: number): void {
    const used = this.offsets[row]!;
    const length = used + bytes + SLACK_BYTES;
    if (bytes > this.#room) this.#room = Math.min(bytes, MOST_ROOM);
    if (length <= this.values.length) return;
    const more = Math.max(bytes, this.#room) + SLACK_BYTES;
    const expected = row < KNOWN_ROWS ? 0 : Math.min((used / row) * this.capacity * MARGIN + more, BATCH_BYTES);
    const values = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.values.length, expected, this.#usualBytes));
    this.values.copy(values, 0, 0, used);
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
    const offsets = new Int32Array(unwrittenMemory((rows + 1) * 4));
    offsets.set(this.offsets);
    this.offsets = offsets;
  }

  protected take(rows: number): ColumnBuffers {
    const offsets = this.offsets.subarray(0, rows + 1);
    const values = this.#takeValues(this.offsets[rows]!);
    this.offsets = new Int32Array(1);
    return bytesLayout(this.type, values, offsets);
  }

  /** The values, in no more than twice the room that they take. */
  #takeValues(length: number): Uint8Array {
    const { buffer, byteOffset, length: capacity } = this.values;
    const values = new Uint8Array(buffer, byteOffset, length);
    this.#usualBytes = Math.max(FIRST_BYTES, Math.ceil(length * MARGIN) + this.#room + SLACK_BYTES);
    this.#room = 0;
    const isSmall = length + FIRST_BYTES < capacity / 2;
    // The next batch can have the buffer of values that are copied out of it.
    if (!isSmall || capacity > 2 * this.#usualBytes) {
      this.values = Buffer.alloc(0);
      this.view = new DataView(this.values.buffer);
    }
    return isSmall ? values.slice() : values;
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
