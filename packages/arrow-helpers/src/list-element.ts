import type { Field, FixedSizeList, LargeList, List } from 'apache-arrow';
import { DataType } from 'apache-arrow/type';
import { unfoldedType } from './encode/unfold-dictionary.js';

/** What a list, or a dictionary of lists, is made of; undefined for all other types. */
export function listElement(type: DataType): Field | undefined {
  const list = unfoldedType(type);
  return isList(list) ? list.children[0] : undefined;
}

/** Whether it is a list of any layout. */
export function isList(type: DataType): type is List | LargeList | FixedSizeList {
  return DataType.isList(type) || DataType.isLargeList(type) || DataType.isFixedSizeList(type);
}
