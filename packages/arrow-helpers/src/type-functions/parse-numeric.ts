import { PgError, sqlstate } from '@riffq/wire';
import {
  endOfGroupedDigits,
  isBlank,
  leadingZeros,
  readSign,
  skipSpaces,
  trimSpaces,
  withoutUnderscores,
} from '../array-input/scan-text.js';
import { formatDecimal } from './format-decimal.js';
import { invalidInput } from './input-error.js';
import { integerValue, readIntegerLiteral } from './integer-literal.js';

const maximumIntegerDigits = 131_072;
const maximumScale = 16_383;
const maximumExponent = 2 ** 30 - 1;

/** More binary digits than any numeric has: 131,072 times the logarithm of 10 to the base 2. */
const maximumBits = 435_412;

const specials: ReadonlyMap<string, string> = new Map([
  ['nan', 'NaN'],
  ...['inf', '+inf', 'infinity', '+infinity'].map((word) => [word, 'Infinity'] as const),
  ...['-inf', '-infinity'].map((word) => [word, '-Infinity'] as const),
]);

/** Reads what numeric's input function takes, and writes it as its output function does. */
export function parseNumeric(input: string): string {
  const { negative, end: start } = readSign(input, skipSpaces(input, 0));
  const literal = readIntegerLiteral(input, start);
  if (literal.base !== 10) {
    if (literal.isEmpty || !isBlank(input, literal.end)) throw invalidInput('numeric', input);
    if (literal.digits.length * Math.log2(literal.base) > maximumBits + 4) throw overflow();
    return decimal(negative, integerValue(literal.base, literal.digits).toString(), 0, 0);
  }
  const integerEnd = endOfGroupedDigits(input, start);
  const fractionStart = input[integerEnd] === '.' ? integerEnd + 1 : integerEnd;
  const fractionEnd = fractionStart > integerEnd ? endOfGroupedDigits(input, fractionStart) : integerEnd;
  if (integerEnd === start && fractionEnd === fractionStart) return parseSpecial(input);
  const exponent = readExponent(input, fractionEnd);
  if (!isBlank(input, exponent.end)) throw invalidInput('numeric', input);
  const integer = withoutUnderscores(input.slice(start, integerEnd));
  const fraction = withoutUnderscores(input.slice(fractionStart, fractionEnd));
  return decimal(negative, integer + fraction, fraction.length, exponent.value);
}

function decimal(negative: boolean, digits: string, fractionLength: number, exponent: number): string {
  const point = digits.length - fractionLength + exponent;
  const scale = Math.max(0, fractionLength - exponent);
  const leading = leadingZeros(digits);
  const isZero = leading === digits.length;
  if (scale > maximumScale || (!isZero && point - leading > maximumIntegerDigits)) throw overflow();
  return formatDecimal(negative, digits, point, scale);
}

function parseSpecial(input: string): string {
  const special = specials.get(trimSpaces(input).toLowerCase());
  if (special === undefined) throw invalidInput('numeric', input);
  return special;
}

function readExponent(input: string, at: number): { readonly value: number; readonly end: number } {
  if (input[at] !== 'e' && input[at] !== 'E') return { value: 0, end: at };
  const { negative, end: start } = readSign(input, at + 1);
  const end = endOfGroupedDigits(input, start);
  if (end === start) throw invalidInput('numeric', input);
  const value = Number(withoutUnderscores(input.slice(start, end)));
  // PostgreSQL stops reading here, whatever follows.
  if (value > maximumExponent) throw overflow();
  return { value: negative ? -value : value, end };
}

function overflow(): PgError {
  return new PgError({
    sqlstate: sqlstate.numeric_value_out_of_range,
    message: 'value overflows numeric format',
  });
}
