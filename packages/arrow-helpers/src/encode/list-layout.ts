import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { checkOffsets } from './check-offsets.js';
import { largeOffset } from './large-offset.js';

/** Where the elements of each list lie among the child's values. */
export interface ListLayout {
  /** The first element of the list at `index`, or the end of the last list. */
  start(index: number): number;
}

/**
 * The layout of a list of any kind, and of a map.
 *
 * @throws DamagedData for one that is not among the child's values
 */
export function listLayout(data: Data): ListLayout {
  const type: DataType = data.type;
  if (DataType.isFixedSizeList(type)) {
    const { listSize } = type;
    return { start: (index) => index * listSize };
  }
  checkOffsets(data, data.children[0]?.length ?? 0);
  const stored: ArrayBufferView | undefined = data.valueOffsets;
  const offsets = new DataView(stored?.buffer ?? new ArrayBuffer(0), stored?.byteOffset, stored?.byteLength);
  const large = DataType.isLargeList(type);
  // Rows that were added as nulls have no offsets.
  const last = offsets.byteLength / (large ? 8 : 4) - 1;
  if (last < 0) return { start: () => 0 };
  return large
    ? { start: (index) => largeOffset(offsets, Math.min(index, last)) }
    : { start: (index) => offsets.getInt32(Math.min(index, last) * 4, true) };
}
