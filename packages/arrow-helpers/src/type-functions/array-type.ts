import { arrayDelimiter } from '../array-input/array-delimiter.js';
import { decodeArrayBinary } from '../array-input/decode-array-binary.js';
import { decodeArrayText } from '../array-input/decode-array-text.js';
import type { TypeFunctions } from './type-functions.js';

/** Arrays of a type: nested JavaScript arrays, one level for each dimension, with null for NULL. */
export function arrayType(elementOid: number, element: TypeFunctions): TypeFunctions {
  const delimiter = arrayDelimiter(elementOid);
  return {
    ...(element.isLocal && { isLocal: true }),
    text: (input, settings) => decodeArrayText(input, delimiter, (text) => element.text(text, settings)),
    binary: (reader) => decodeArrayBinary(reader, elementOid, element.binary).values,
  };
}
