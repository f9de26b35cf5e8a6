import { PgError, sqlstate } from '@riffq/wire';
import { arrayLimitExceeded, malformedArray, maximumDimensions, tooManyElements } from './array-error.js';
import { endOfDigits, readSign, skipSpaces } from './scan-text.js';

/** The dimensions that an array literal announces before its contents, and where those begin. */
export interface ArrayBounds {
  /** The length of each dimension, the outermost first; empty if the literal announces none. */
  readonly lengths: readonly number[];
  /** Of the same dimensions. */
  readonly lowerBounds: readonly number[];
  readonly end: number;
}

const maximumInteger = 2 ** 31 - 1;

/** Reads `[2:3][4]=` if it is there, as array_in does. https://www.postgresql.org/docs/18/arrays.html#ARRAYS-IO */
export function readArrayBounds(literal: string): ArrayBounds {
  const lengths: number[] = [];
  const lowerBounds: number[] = [];
  let at = skipSpaces(literal, 0);
  while (literal[at] === '[') {
    if (lengths.length === maximumDimensions) {
      throw arrayLimitExceeded(`number of array dimensions exceeds the maximum allowed (${maximumDimensions})`);
    }
    const dimension = readDimension(literal, at + 1);
    lengths.push(dimension.length);
    lowerBounds.push(dimension.lower);
    at = skipSpaces(literal, dimension.end);
  }
  if (lengths.length > 0) {
    if (literal[at] !== '=') throw malformedArray(literal, 'Missing "=" after array dimensions.');
    at = skipSpaces(literal, at + 1);
    if (literal[at] !== '{') throw malformedArray(literal, 'Array contents must start with "{".');
  } else if (literal[at] !== '{') {
    throw malformedArray(literal, 'Array value must start with "{" or dimension information.');
  }
  return { lengths, lowerBounds, end: at };
}

/** One `m:n]` or `n]`. */
function readDimension(
  literal: string,
  start: number,
): { readonly lower: number; readonly length: number; readonly end: number } {
  const first = readBound(literal, start);
  if (first.end === start) {
    throw malformedArray(literal, '"[" must introduce explicitly-specified array dimensions.');
  }
  const isRange = literal[first.end] === ':';
  const last = isRange ? readBound(literal, first.end + 1) : first;
  if (isRange && last.end === first.end + 1) throw malformedArray(literal, 'Missing array dimension value.');
  if (literal[last.end] !== ']') throw malformedArray(literal, 'Missing "]" after array dimensions.');
  const lower = isRange ? first.value : 1;
  const upper = last.value;
  if (upper < lower) {
    throw new PgError({
      sqlstate: sqlstate.array_subscript_error,
      message: 'upper bound cannot be less than lower bound',
    });
  }
  if (upper === maximumInteger) throw arrayLimitExceeded(`array upper bound is too large: ${upper}`);
  if (upper - lower >= maximumInteger) throw tooManyElements();
  return { lower, length: upper - lower + 1, end: last.end + 1 };
}

/** A bound that is not there ends where it starts; a sign without digits is not there. */
function readBound(literal: string, start: number): { readonly value: number; readonly end: number } {
  const { negative, end: digitsStart } = readSign(literal, start);
  const digitsEnd = endOfDigits(literal, digitsStart);
  if (digitsEnd === digitsStart) return { value: 0, end: start };
  const magnitude = Number(literal.slice(digitsStart, digitsEnd));
  const value = negative ? -magnitude : magnitude;
  if (value > maximumInteger || value < -maximumInteger - 1) {
    throw arrayLimitExceeded('array bound is out of integer range');
  }
  return { value, end: digitsEnd };
}
