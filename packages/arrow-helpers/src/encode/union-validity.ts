import type { Data, Vector } from 'apache-arrow';
import { UnionMode } from 'apache-arrow/enum';
import { DataType } from 'apache-arrow/type';

/** Where the value at `index` of a union lies: in which of its children (-1: none), and at which place there. */
export function unionChild(data: Data, index: number): { readonly child: number; readonly index: number } {
  const type: DataType = data.type;
  if (!DataType.isUnion(type)) return { child: -1, index };
  const child = type.typeIdToChildIndex[data.typeIds[index]!] ?? -1;
  return { child, index: type.mode === UnionMode.Dense ? data.valueOffsets[index]! : index };
}

/** A union's validity bitmap, which Arrow does not store: a value is null where its child's is. Null if none is. */
export function unionValidity(data: Data): Uint8Array | null {
  if (data.nullCount === 0 && !data.children.some(({ type }) => hasOtherNulls(type))) return null;
  const bitmap = new Uint8Array((data.offset + data.length + 7) >> 3);
  for (let row = 0; row < data.length; row++) {
    const bit = row + data.offset;
    if (!isNull(data, row)) bitmap[bit >> 3]! |= 1 << (bit & 7);
  }
  return bitmap;
}

/** Whether there may be nulls that no bitmap of the values' own tells. */
function hasOtherNulls(type: DataType): boolean {
  return DataType.isUnion(type) || DataType.isNull(type) || DataType.isDictionary(type);
}

function isNull(data: Data, row: number): boolean {
  const type: DataType = data.type;
  if (DataType.isNull(type)) return true;
  if (DataType.isUnion(type)) {
    const { child, index } = unionChild(data, row);
    const values: Data | undefined = data.children[child];
    // A value of no known child is not null: its writer says what is wrong.
    return values !== undefined && isNull(values, index);
  }
  if (!data.getValid(row)) return true;
  return DataType.isDictionary(type) && isNullEntry(data.dictionary, Number(data.values[row]));
}

/** As with unions, who looks the entry up says what is wrong where there is none. */
function isNullEntry(dictionary: Vector | undefined, entry: number): boolean {
  let rest = entry;
  for (const chunk of dictionary?.data ?? []) {
    if (rest < chunk.length) return isNull(chunk, rest);
    rest -= chunk.length;
  }
  return false;
}
