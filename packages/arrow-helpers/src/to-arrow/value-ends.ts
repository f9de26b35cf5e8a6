import { sqlstate } from '@riffq/wire';
import type { DataType } from 'apache-arrow';
import { bytesLayout } from '../bytes-layout.js';
import type { CellBuffers } from './cell-type.js';
import { type Cells, isNull } from './cells.js';

/** The last position in Arrow's 32-bit offsets. */
const MAXIMUM_SMALL_OFFSET = 0x7fff_ffff;

/**
 * Arrow's offsets of values one behind the other: where each begins and the last ends.
 *
 * @param lengthOf - of a cell that is not null
 */
export function endsOf(
  cells: Cells,
  wide: boolean,
  lengthOf: (cells: Cells, index: number, cell: unknown) => number,
): Int32Array | BigInt64Array {
  const { length } = cells.values;
  const offsets = wide ? new BigInt64Array(length + 1) : new Int32Array(length + 1);
  let end = 0;
  for (const [index, cell] of cells.values.entries()) {
    if (!isNull(cell)) end += lengthOf(cells, index, cell);
    if (!wide && end > MAXIMUM_SMALL_OFFSET) {
      const state = sqlstate.program_limit_exceeded;
      const hint = 'Give the rows as an async iterable.';
      throw cells.error(index, 'more than 2 GiB of values before it', hint, state);
    }
    offsets[index + 1] = wide ? BigInt(end) : end;
  }
  return offsets;
}

/** The buffers of strings or bytes that end there: of views too. */
export function bytesBuffers(type: DataType, values: Uint8Array, offsets: Int32Array | BigInt64Array): CellBuffers {
  return offsets instanceof Int32Array ? bytesLayout(type, values, offsets) : { values, offsets };
}
