import { decodeArrayBinary } from '../array-input/decode-array-binary.js';
import { trimSpaces } from '../array-input/scan-text.js';
import { invalidBinary } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * int2vector and oidvector, the arrays of the system catalogs: an array of numbers. Their text has spaces and no braces;
 * in binary they are arrays of one dimension, counted from 0 and without NULLs.
 */
export function vectorType(
  name: 'int2vector' | 'oidvector',
  elementOid: number,
  element: TypeFunctions,
): TypeFunctions {
  return {
    text(input, settings) {
      const trimmed = trimSpaces(input);
      return trimmed === '' ? [] : trimmed.split(/[\t-\r ]+/).map((word) => element.text(word, settings));
    },
    binary(reader) {
      const { dimensions, values } = decodeArrayBinary(reader, elementOid, element.binary);
      const isVector = dimensions.length === 1 && dimensions[0]?.lowerBound === 0 && !values.includes(null);
      // PostgreSQL takes no empty one, though it sends such.
      if (!isVector || values.length === 0) {
        throw invalidBinary(`invalid ${name} data`);
      }
      return values;
    },
  };
}
