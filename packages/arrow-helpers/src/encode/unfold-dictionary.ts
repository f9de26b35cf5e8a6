import type { Dictionary, Vector } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { DataType } from 'apache-arrow/type';
import { concatenate } from '../concatenate.js';
import { resolveDictionary } from './resolve-dictionary.js';

/** Values, and where among them each row's is. */
export interface Unfolded {
  readonly values: Data;
  /** -1 for null; null for data that are no dictionary. */
  readonly indices: Int32Array | null;
}

/** Dictionaries that came in several pieces, in one: a stream of batches shares them. */
const joined = new WeakMap<Vector, Data>();

/**
 * The values of a dictionary, or of a dictionary of a dictionary: it is looked up here, once per batch, so that the row loop
 * has one step for all.
 *
 * @throws DamagedData for an index that a dictionary does not have
 */
export function unfoldDictionary(data: Data): Unfolded {
  let values = data;
  let indices: Int32Array | null = null;
  for (let type: DataType = data.type; DataType.isDictionary(type); type = values.type) {
    const dictionary = joinedDictionary(type, values.dictionary);
    const entries = resolveDictionary(values, dictionary);
    indices = indices === null ? entries : indices.map((index) => (index < 0 ? index : entries[index]!));
    values = dictionary;
  }
  return { values, indices };
}

/** The type of a dictionary's values; any other as it is. */
export function unfoldedType(type: DataType): DataType {
  let values = type;
  while (DataType.isDictionary(values)) values = values.dictionary;
  return values;
}

function joinedDictionary(type: Dictionary, vector: Vector | undefined): Data {
  if (vector === undefined) return new Data<DataType>(type.dictionary, 0, 0);
  const known = joined.get(vector);
  if (known !== undefined) return known;
  const whole = concatenate(vector);
  joined.set(vector, whole);
  return whole;
}
