import { PgError, sqlstate } from '@riffq/wire';
import type { Data } from 'apache-arrow';
import { isSet, validityOf } from './column.js';

/**
 * Where in the dictionary each row's value is, -1 where the row or the dictionary's entry is null: one plain Int32Array,
 * whatever the indices' own type is, so that the row loop has one case for all dictionaries.
 *
 * @param data - the indices
 * @param dictionary - the values, in one piece
 * @throws PgError XX001 for an index that the dictionary does not have, naming column and row of the batch
 */
export function resolveDictionary(name: string, data: Data, dictionary: Data): Int32Array {
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
    if (!(index >= 0 && index < dictionary.length)) throw badIndex(name, row, index, dictionary.length);
    indices[row] = entryValidity !== null && !isSet(entryValidity, index + dictionary.offset) ? -1 : index;
  }
  return indices;
}

function badIndex(name: string, row: number, index: number, entries: number): PgError {
  return new PgError({
    sqlstate: sqlstate.data_corrupted,
    message: `dictionary index ${index} of column "${name}" is out of range`,
    detail: `Row ${row + 1} of the batch refers to a dictionary of ${entries} entries.`,
  });
}
