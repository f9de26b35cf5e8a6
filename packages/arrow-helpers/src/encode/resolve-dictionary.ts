import type { Data } from 'apache-arrow';
import { DamagedData } from '../damaged-data.js';
import { isSet, validityOf } from './column.js';

/**
 * Where in the dictionary each row's value is, -1 where the row or the dictionary's entry is null: one plain Int32Array,
 * whatever the indices' own type is, so that the row loop has one case for all dictionaries.
 *
 * @param data - the indices
 * @param dictionary - the values, in one piece
 * @throws DamagedData for an index that the dictionary does not have
 */
export function resolveDictionary(data: Data, dictionary: Data): Int32Array {
  const indices = new Int32Array(data.length);
  const stored: ArrayLike<number | bigint> = data.values;
  const validity = validityOf(data);
  const entryValidity = validityOf(dictionary);
  for (let row = 0; row < data.length; row++) {
    if (validity !== null && !isSet(validity, row + data.offset)) {
      indices[row] = -1;
      continue;
    }
    const index = Number(stored[row]);
    if (!(index >= 0 && index < dictionary.length)) throw badIndex(data, row, index, dictionary.length);
    indices[row] = entryValidity !== null && !isSet(entryValidity, index + dictionary.offset) ? -1 : index;
  }
  return indices;
}

function badIndex(data: Data, row: number, index: number, entries: number): DamagedData {
  return new DamagedData(
    data,
    row,
    `dictionary index ${index} is out of range`,
    `The dictionary has ${entries} entries.`,
  );
}
