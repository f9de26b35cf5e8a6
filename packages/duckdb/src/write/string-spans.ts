import { PgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';

/** Where strings of a column lie: row `i`'s bytes are `bytes.subarray(offsets[i], offsets[i + 1])`. */
export interface StringSpans {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** The strings of so many rows, whatever their layout: offsets of 32 or 64 bits, or one width for all. */
export function stringSpans(data: Data, start: number, count: number): StringSpans {
  const from = offsetAt(data, start);
  const bytes: Uint8Array = data.values.subarray(from, offsetAt(data, start + count));
  // DuckDB counts the bytes of a string in 32 bits.
  if (bytes.length > 0x7fff_ffff) {
    throw new PgError({
      sqlstate: sqlstate.program_limit_exceeded,
      message: `${count} rows of a column take more than 2 GiB`,
    });
  }
  const offsets = new Int32Array(count + 1);
  for (let row = 0; row <= count; row += 1) {
    offsets[row] = Math.min(Math.max(0, offsetAt(data, start + row) - from), bytes.length);
  }
  return { bytes, offsets };
}

/** Where a row's string begins in the values of a column, and the one before ends. */
export function offsetAt(data: Data, row: number): number {
  if (DataType.isFixedSizeBinary(data.type)) return row * data.type.byteWidth;
  const offsets: ArrayLike<number | bigint> = data.valueOffsets;
  return Number(offsets[row] ?? 0);
}
