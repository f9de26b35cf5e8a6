import { type Data, DataType, UnionMode } from 'apache-arrow';

/** Where the value at `index` of a union lies: in which of its children (-1: none), and at which place there. */
export function unionChild(data: Data, index: number): { readonly child: number; readonly index: number } {
  const type: DataType = data.type;
  if (!DataType.isUnion(type)) return { child: -1, index };
  const child = type.typeIdToChildIndex[data.typeIds[index]!] ?? -1;
  return { child, index: type.mode === UnionMode.Dense ? data.valueOffsets[index]! : index };
}

/** A union's validity bitmap, which Arrow does not store: a value is null where its child's is. Null if none is. */
export function unionValidity(data: Data): Uint8Array | null {
  if (data.nullCount === 0 && !data.children.some(({ type }) => DataType.isUnion(type) || DataType.isNull(type))) {
    return null;
  }
  const bitmap = new Uint8Array((data.offset + data.length + 7) >> 3);
  for (let row = 0; row < data.length; row++) {
    const { child, index } = unionChild(data, row);
    const values: Data | undefined = data.children[child];
    const bit = row + data.offset;
    // A value of no known child is not null: its writer says what is wrong.
    const isNull = values !== undefined && (DataType.isNull(values.type) || !values.getValid(index));
    if (!isNull) bitmap[bit >> 3]! |= 1 << (bit & 7);
  }
  return bitmap;
}
