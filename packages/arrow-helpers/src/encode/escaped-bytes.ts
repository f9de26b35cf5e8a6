import type { Data } from 'apache-arrow';
import type { Column } from './column.js';
import { encodeRows } from './encode-rows.js';
import { planColumn } from './plan-column.js';
import { NO_MESSAGE, type RowFrame } from './row-frame.js';
import { RowSizes } from './row-sizes.js';
import type { ValueEncoding } from './value-encoding.js';
import type { ValueWriter } from './value-writer.js';

const BACKSLASH = 0x5c;
/** `\000`. */
const ESCAPED_BYTES = 4;

/** Writes bytes as byteaout does with bytea_output `escape`: printable ones as they are, others in octal. */
export class EscapedBytesWriter implements ValueWriter {
  readonly #column: readonly Column[];
  readonly #sizes: RowSizes;

  /** @param bytes - the encoding that writes the bytes themselves */
  constructor(data: Data, bytes: ValueEncoding) {
    this.#column = [planColumn(data, bytes)];
    this.#sizes = new RowSizes(this.#column, frame);
  }

  bound(first: number, end: number): number {
    return this.#sizes.bound(first, end);
  }

  write(index: number, target: Uint8Array, view: DataView, position: number): number {
    return encodeRows(this.#column, frame, index, index + 1, target, view, position);
  }
}

const frame: RowFrame = {
  messageType: NO_MESSAGE,
  fields: {
    fieldBytes: 0,
    expansion: ESCAPED_BYTES,
    line: null,
    finish: escapeInPlace,
    writeNull: (_target, position) => position,
  },
};

function escapedLength(byte: number): number {
  if (byte === BACKSLASH) return 2;
  return byte < 0x20 || byte > 0x7e ? ESCAPED_BYTES : 1;
}

function escapeInPlace(target: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let index = start; index < end; index++) length += escapedLength(target[index]!);
  let to = start + length;
  for (let from = end - 1; from >= start; from--) {
    const byte = target[from]!;
    const bytes = escapedLength(byte);
    to -= bytes;
    if (bytes === 1) {
      target[to] = byte;
      continue;
    }
    target[to] = BACKSLASH;
    if (bytes === 2) {
      target[to + 1] = BACKSLASH;
      continue;
    }
    target[to + 1] = 0x30 + (byte >> 6);
    target[to + 2] = 0x30 + ((byte >> 3) & 7);
    target[to + 3] = 0x30 + (byte & 7);
  }
  return start + length;
}
