import { decodeArrayBinary, decodeArrayText } from '@riffq/arrow-helpers';
import { typeOid } from '@riffq/wire';
import type { ParameterDecoder } from './parameter-decoder.js';

/** Arrays of a type: nested JavaScript arrays, one level for each dimension, with null for NULL. */
export function arrayDecoder(elementOid: number, element: ParameterDecoder): ParameterDecoder {
  // Boxes have commas in them: theirs are the only arrays separated by something else.
  const delimiter = elementOid === typeOid.box ? ';' : ',';
  return {
    ...(element.isLocal && { isLocal: true }),
    text: (input, settings) => decodeArrayText(input, delimiter, (text) => element.text(text, settings)),
    binary: (reader) => decodeArrayBinary(reader, elementOid, element.binary).values,
  };
}
