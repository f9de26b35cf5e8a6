import { arrayDelimiter, decodeArrayBinary, decodeArrayText } from '@riffq/arrow-helpers';
import type { ParameterDecoder } from './parameter-decoder.js';

/** Arrays of a type: nested JavaScript arrays, one level for each dimension, with null for NULL. */
export function arrayDecoder(elementOid: number, element: ParameterDecoder): ParameterDecoder {
  const delimiter = arrayDelimiter(elementOid);
  return {
    ...(element.isLocal && { isLocal: true }),
    text: (input, settings) => decodeArrayText(input, delimiter, (text) => element.text(text, settings)),
    binary: (reader) => decodeArrayBinary(reader, elementOid, element.binary).values,
  };
}
