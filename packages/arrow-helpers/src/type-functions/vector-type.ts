import { decodeArrayBinary } from '../array-input/decode-array-binary.js';
import { trimSpaces } from '../array-input/scan-text.js';
import { encodeArray } from './encode-array.js';
import { invalidBinary } from './input-error.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * int2vector and oidvector, the arrays of the system catalogs: an array of numbers. Their text has spaces and no braces;
 * in binary they are arrays of one dimension, counted from 0 and without NULLs.
 */
export function vectorType(
  name: 'int2vector' | 'oidvector',
  elementOid: number,
  element: TypeFunctions<number>,
): TypeFunctions<readonly number[]> {
  return {
    input(input, settings) {
      const trimmed = trimSpaces(input);
      return trimmed === '' ? [] : trimmed.split(/[\t-\r ]+/).map((word) => element.input(word, settings));
    },
    output: (numbers) => numbers.join(' '),
    receive(reader) {
      const { dimensions, values } = decodeArrayBinary(reader, elementOid, element.receive);
      const numbers = values.filter((value) => typeof value === 'number');
      const isVector = dimensions.length === 1 && dimensions[0]?.lowerBound === 0 && numbers.length === values.length;
      // PostgreSQL takes no empty one, though it sends such.
      if (!isVector || numbers.length === 0) throw invalidBinary(`invalid ${name} data`);
      return numbers;
    },
    send: (numbers) => encodeArray(elementOid, [{ length: numbers.length, lowerBound: 0 }], numbers.map(element.send)),
    toValue: (numbers) => numbers,
  };
}
