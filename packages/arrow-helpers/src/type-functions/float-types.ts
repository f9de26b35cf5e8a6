import { isBlank } from '../array-input/scan-text.js';
import { formatFloat4, formatFloat8 } from '../encode/float-text.js';
import { doubleFormat, type FloatFormat, singleFormat } from '../hexadecimal-float.js';
import { invalidInput } from './input-error.js';
import { readFloat } from './read-float.js';
import { readFloat32, readFloat64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { float32, float64 } from './write-number.js';

/** float4: a number, the nearest that 32 bits can hold. */
export const float4Type: TypeFunctions<number> = {
  input: (input) => parseFloating(input, 'real', singleFormat),
  output: (value, { extraFloatDigits }) => formatFloat4(value, extraFloatDigits),
  receive: readFloat32,
  send: float32,
  toValue: (value) => value,
};

/** float8: a number. */
export const float8Type: TypeFunctions<number> = {
  input: (input) => parseFloating(input, 'double precision', doubleFormat),
  output: (value, { extraFloatDigits }) => formatFloat8(value, extraFloatDigits),
  receive: readFloat64,
  send: (value) => float64(value),
  toValue: (value) => value,
};

function parseFloating(input: string, typeName: string, format: FloatFormat): number {
  const found = readFloat(input, 0, typeName, format);
  if (found === undefined || !isBlank(input, found.end)) throw invalidInput(typeName, input);
  return found.value;
}
