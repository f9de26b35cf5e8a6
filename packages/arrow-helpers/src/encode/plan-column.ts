import type { Dictionary, Vector } from 'apache-arrow';
import { Data } from 'apache-arrow/data';
import { DataType } from 'apache-arrow/type';
import { concatenate } from '../concatenate.js';
import { checkOffsets } from './check-offsets.js';
import { Column } from './column.js';
import { resolveDictionary } from './resolve-dictionary.js';
import type { ValueEncoding } from './value-encoding.js';

/** Dictionaries that came in several pieces, in one: a stream of batches shares them. */
const joined = new WeakMap<Vector, Data>();

/**
 * A column of one batch, or what it is made of, ready for the row loop.
 *
 * @throws DamagedData for values that are not within its buffers, or its dictionary
 */
export function planColumn(data: Data, encoding: ValueEncoding): Column {
  let values = data;
  let indices: Int32Array | null = null;
  // A dictionary of a dictionary is looked up here, once per batch, so that the row loop has one step for all.
  for (let type: DataType = data.type; DataType.isDictionary(type); type = values.type) {
    const dictionary = joinedDictionary(type, values.dictionary);
    const entries = resolveDictionary(values, dictionary);
    indices = indices === null ? entries : indices.map((index) => (index < 0 ? index : entries[index]!));
    values = dictionary;
  }
  if (isBytes(values.type)) checkOffsets(values, values.values?.length ?? 0);
  return new Column(values, encoding, indices);
}

function joinedDictionary(type: Dictionary, vector: Vector | undefined): Data {
  if (vector === undefined) return new Data<DataType>(type.dictionary, 0, 0);
  const known = joined.get(vector);
  if (known !== undefined) return known;
  const whole = concatenate(vector);
  joined.set(vector, whole);
  return whole;
}

/** Whether values of the type are bytes that are found by offsets. */
function isBytes(type: DataType): boolean {
  return DataType.isUtf8(type) || DataType.isBinary(type) || DataType.isLargeUtf8(type) || DataType.isLargeBinary(type);
}
