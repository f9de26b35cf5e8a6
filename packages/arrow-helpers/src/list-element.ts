import type { Field } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { unfoldedType } from './encode/unfold-dictionary.js';

/** What a list, or a dictionary of lists, is made of; undefined for all other types. */
export function listElement(type: DataType): Field | undefined {
  const list = unfoldedType(type);
  return DataType.isList(list) || DataType.isLargeList(list) || DataType.isFixedSizeList(list)
    ? list.children[0]
    : undefined;
}
