import type { Column } from './column.js';
import { largeOffset } from './large-offset.js';
import { MESSAGE_HEADER_BYTES, NO_MESSAGE, type RowFrame } from './row-frame.js';
import { valueKind } from './value-kind.js';

const none: readonly never[] = [];

/** Upper bounds of rows as messages, so that nothing is checked while they are written. */
export class RowSizes {
  /** What every row takes, whatever its values are. */
  readonly #fixedBytes: number;
  readonly #varying: readonly Column[];
  /** By varying column: bytes written for each byte of a value. */
  readonly #bytesPerByte: readonly number[];

  // Loops, and no functions for each column: this is done for every batch.
  constructor(columns: readonly Column[], { messageType, fields }: RowFrame) {
    const fieldBytes = fields?.fieldBytes ?? 4;
    const looks = fields?.line?.looks;
    // Two bytes are the count of columns, or the line's end.
    let fixedBytes = messageType === NO_MESSAGE ? 0 : MESSAGE_HEADER_BYTES + 2;
    let varying: Column[] | undefined;
    let bytesPerByte: number[] | undefined;
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at]!;
      // Nothing is escaped in numbers and the like.
      const expansion = fields === null || looks?.[at] === 'never' ? 1 : fields.expansion;
      fixedBytes += fieldBytes + expansion * column.fixedBytes;
      if (column.bytesPerByte === 0) continue;
      varying ??= [];
      bytesPerByte ??= [];
      varying.push(column);
      bytesPerByte.push(expansion * column.bytesPerByte);
    }
    this.#fixedBytes = fixedBytes;
    this.#varying = varying ?? none;
    this.#bytesPerByte = bytesPerByte ?? none;
  }

  /** Bytes that the rows `firstRow` to `endRow` take at most. */
  bound(firstRow: number, endRow: number): number {
    let bytes = this.#fixedBytes * (endRow - firstRow);
    for (let at = 0; at < this.#varying.length; at++) {
      bytes += this.#bytesPerByte[at]! * varyingBytes(this.#varying[at]!, firstRow, endRow);
    }
    return bytes;
  }
}

function varyingBytes(column: Column, firstRow: number, endRow: number): number {
  const { indices } = column;
  if (indices === null) return bytesBetween(column, firstRow, endRow);
  let bytes = 0;
  for (let row = firstRow; row < endRow; row++) {
    const index = indices[row]!;
    if (index >= 0) bytes += bytesBetween(column, index, index + 1);
  }
  return bytes;
}

function bytesBetween(column: Column, first: number, end: number): number {
  return column.writer?.bound(first, end) ?? offsetAt(column, end) - offsetAt(column, first);
}

/** Where in the column's bytes a row begins. */
export function offsetAt({ kind, offsets }: Column, row: number): number {
  const large = kind === valueKind.largeBytes || kind === valueKind.largeHex;
  // Rows that were added as nulls have no offsets.
  const last = (large ? offsets.byteLength / 8 : offsets.byteLength / 4) - 1;
  if (last < 0) return 0;
  const index = row < last ? row : last;
  return large ? largeOffset(offsets, index) : offsets.getInt32(index * 4, true);
}
