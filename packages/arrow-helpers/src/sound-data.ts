import type { Data } from 'apache-arrow';
import { UnionMode } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';
import { VIEW_BYTES } from './encode/view-bytes.js';

/**
 * Whether buffers and children have what so many rows need. It is asked after an error, to tell damaged data from a mistake in
 * somebody's code.
 */
export function isSound(data: Data, rows = data.length): boolean {
  const { nullCount, nullBitmap, offset, children, dictionary } = data;
  const type: DataType = data.type;
  if (data.length < rows || children.length < (type.children?.length ?? 0)) return false;
  if (nullCount > 0 && nullBitmap && nullBitmap.byteLength * 8 < offset + rows) return false;
  // Rows that were added as nulls are in no other buffer.
  for (let row = rowsIn(data, type); row < rows; row++) if (data.getValid(row)) return false;
  return children.every((child) => isSound(child)) && (dictionary?.data ?? []).every((chunk) => isSound(chunk));
}

/** How many rows there is something of in the buffers, or the children that have one value for each. */
function rowsIn({ values, valueOffsets, typeIds, stride, offset, children }: Data, type: DataType): number {
  const shortest = (): number => Math.min(...children.map(({ length }) => length));
  if (DataType.isNull(type)) return Number.POSITIVE_INFINITY;
  if (DataType.isStruct(type)) return shortest();
  if (DataType.isUnion(type)) {
    return Math.min(lengthOf(typeIds), type.mode === UnionMode.Dense ? lengthOf(valueOffsets) : shortest());
  }
  if (DataType.isFixedSizeList(type)) return Math.floor(shortest() / type.listSize);
  if (DataType.isBool(type)) return lengthOf(values) * 8 - offset;
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return Math.floor(lengthOf(values) / VIEW_BYTES);
  return hasOffsets(type) ? Math.max(lengthOf(valueOffsets) - 1, 0) : Math.floor(lengthOf(values) / stride);
}

function hasOffsets(type: DataType): boolean {
  if (DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type)) {
    return true;
  }
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isMap(type);
}

function lengthOf(buffer: ArrayLike<unknown> | undefined | null): number {
  return buffer?.length ?? 0;
}
