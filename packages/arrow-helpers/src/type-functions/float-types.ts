import { PgError, sqlstate } from '@riffq/wire';
import { endOfDigits, isBlank, readSign, skipSpaces, trimSpaces } from '../array-input/scan-text.js';
import {
  doubleFormat,
  type FloatFormat,
  type FloatLiteral,
  readHexadecimalFloat,
  singleFormat,
} from '../hexadecimal-float.js';
import { invalidInput } from './input-error.js';
import { readFloat32, readFloat64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/** float4: a number, the nearest that 32 bits can hold. */
export const float4Type: TypeFunctions = {
  text: (input) => parseFloating(input, 'real', singleFormat),
  binary: readFloat32,
};

/** float8: a number. */
export const float8Type: TypeFunctions = {
  text: (input) => parseFloating(input, 'double precision', doubleFormat),
  binary: readFloat64,
};

const specialWord = /^[+-]?(?:nan|inf|infinity)$/i;

function parseFloating(input: string, typeName: string, format: FloatFormat): number {
  const start = skipSpaces(input, 0);
  const literal = readHexadecimalFloat(input, start, format) ?? readDecimal(input, start, format);
  if (literal === undefined) return parseSpecial(input, typeName);
  const { value, end, isZero } = literal;
  // Neither overflow nor underflow to zero is silent, and both are found before what follows the number.
  if (!Number.isFinite(value) || (value === 0 && !isZero)) {
    throw new PgError({
      sqlstate: sqlstate.numeric_value_out_of_range,
      message: `"${input.slice(start, end)}" is out of range for type ${typeName}`,
    });
  }
  if (!isBlank(input, end)) throw invalidInput(typeName, input);
  return value;
}

function readDecimal(input: string, start: number, format: FloatFormat): FloatLiteral | undefined {
  const end = endOfDecimal(input, start);
  if (end === start) return undefined;
  const literal = input.slice(start, end);
  const value = format === singleFormat ? Math.fround(Number(literal)) : Number(literal);
  return { end, value, isZero: value === 0 && !/^[^e]*[1-9]/i.test(literal) };
}

function parseSpecial(input: string, typeName: string): number {
  const word = trimSpaces(input);
  if (!specialWord.test(word)) throw invalidInput(typeName, input);
  if (/nan$/i.test(word)) return Number.NaN;
  return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** The end of the longest decimal number at `start`; `start` itself if there is none. */
function endOfDecimal(text: string, start: number): number {
  const integerStart = readSign(text, start).end;
  const integerEnd = endOfDigits(text, integerStart);
  const fractionStart = text[integerEnd] === '.' ? integerEnd + 1 : integerEnd;
  const fractionEnd = fractionStart > integerEnd ? endOfDigits(text, fractionStart) : integerEnd;
  if (integerEnd === integerStart && fractionEnd === fractionStart) return start;
  if (text[fractionEnd] !== 'e' && text[fractionEnd] !== 'E') return fractionEnd;
  const exponentStart = readSign(text, fractionEnd + 1).end;
  const exponentEnd = endOfDigits(text, exponentStart);
  return exponentEnd > exponentStart ? exponentEnd : fractionEnd;
}
