import type { Data } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { checkOffsets } from './check-offsets.js';
import { Column } from './column.js';
import { unfoldDictionary } from './unfold-dictionary.js';
import type { ValueEncoding } from './value-encoding.js';

/**
 * A column of one batch, or what it is made of, ready for the row loop.
 *
 * @throws DamagedData for values that are not within its buffers, or its dictionary
 */
export function planColumn(data: Data, encoding: ValueEncoding): Column {
  const { values, indices } = unfoldDictionary(data);
  if (isBytes(values.type)) checkOffsets(values, values.values?.length ?? 0);
  return new Column(values, encoding, indices);
}

/** Whether values of the type are bytes that are found by offsets. */
function isBytes(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
}
