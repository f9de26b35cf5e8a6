import { endOfDigits, isBlank, readSign, skipSpaces, trimSpaces } from '@riffq/arrow-helpers';
import { PgError, sqlstate } from '@riffq/wire';
import { invalidInput } from './input-error.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readFloat32, readFloat64 } from './read-number.js';

/** float4: a number, the nearest that 32 bits can hold. */
export const float4Decoder: ParameterDecoder = {
  text: (input) => parseFloating(input, 'real', Math.fround),
  binary: readFloat32,
};

/** float8: a number. */
export const float8Decoder: ParameterDecoder = {
  text: (input) => parseFloating(input, 'double precision', (value) => value),
  binary: readFloat64,
};

const specialWord = /^[+-]?(?:nan|inf|infinity)$/i;

function parseFloating(input: string, typeName: string, round: (value: number) => number): number {
  const start = skipSpaces(input, 0);
  const end = endOfDecimal(input, start);
  if (end === start) return parseSpecial(input, typeName);
  const literal = input.slice(start, end);
  const value = round(Number(literal));
  // Neither overflow nor underflow to zero is silent, and both are found before what follows the number.
  if (!Number.isFinite(value) || (value === 0 && /^[^e]*[1-9]/i.test(literal))) {
    throw new PgError({
      sqlstate: sqlstate.numeric_value_out_of_range,
      message: `"${literal}" is out of range for type ${typeName}`,
    });
  }
  if (!isBlank(input, end)) throw invalidInput(typeName, input);
  return value;
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
