import { PgError, sqlstate } from '@riffq/wire';
import { endOfDigits, readSign, skipSpaces } from '../array-input/scan-text.js';
import {
  doubleFormat,
  type FloatFormat,
  type FloatLiteral,
  readHexadecimalFloat,
  singleFormat,
} from '../hexadecimal-float.js';

/** A number that stands somewhere in a text. */
export interface FoundFloat {
  readonly value: number;
  /** Where it ends. */
  readonly end: number;
}

const specialWord = /([+-]?)(nan|infinity|inf)/iy;

/**
 * The longest number at `from`, spaces before it left aside; undefined for none.
 *
 * @throws PgError 22003 for one that the type does not have
 */
export function readFloat(text: string, from: number, typeName: string, format: FloatFormat): FoundFloat | undefined {
  const start = skipSpaces(text, from);
  const literal = readHexadecimalFloat(text, start, format) ?? readDecimal(text, start, format);
  if (literal === undefined) return readSpecial(text, start);
  const { value, end, isZero } = literal;
  // Neither overflow nor underflow to zero is silent, and both are found before what follows the number.
  if (Number.isFinite(value) && (value !== 0 || isZero)) return { value, end };
  throw new PgError({
    sqlstate: sqlstate.numeric_value_out_of_range,
    message: `"${text.slice(start, end)}" is out of range for type ${typeName}`,
  });
}

/** The same of a float8. */
export function readFloat8(text: string, from: number): FoundFloat | undefined {
  return readFloat(text, from, 'double precision', doubleFormat);
}

function readSpecial(text: string, start: number): FoundFloat | undefined {
  specialWord.lastIndex = start;
  const [match, sign, word = ''] = specialWord.exec(text) ?? [];
  if (match === undefined) return undefined;
  const end = start + match.length;
  if (word.toLowerCase() === 'nan') return { value: Number.NaN, end };
  return { value: sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, end };
}

function readDecimal(text: string, start: number, format: FloatFormat): FloatLiteral | undefined {
  const end = endOfDecimal(text, start);
  if (end === start) return undefined;
  const literal = text.slice(start, end);
  const value = format === singleFormat ? Math.fround(Number(literal)) : Number(literal);
  return { end, value, isZero: value === 0 && !/^[^e]*[1-9]/i.test(literal) };
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
