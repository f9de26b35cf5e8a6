import { isBlank, readSign, skipSpaces } from '../array-input/scan-text.js';
import { invalidInput, outOfRange } from './input-error.js';
import { integerValue, readIntegerLiteral } from './integer-literal.js';
import { readInt16, readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int16, int32, int64 } from './write-number.js';

/** Nearly all that clients send, and short enough that a number holds it exactly. */
const plain = /^-?\d{1,15}$/;

/** More significant digits than 64 bits have in any base: not worth making a number of. */
const tooManyDigits = 70;

/** int2: a number. */
export const int2Type: TypeFunctions<number> = {
  input: (input) => parseNumber(input, 'smallint', 32_767),
  output: String,
  receive: readInt16,
  send: int16,
  toValue: (value) => value,
};

/** int4: a number. */
export const int4Type: TypeFunctions<number> = {
  input: (input) => parseNumber(input, 'integer', 2_147_483_647),
  output: String,
  receive: (reader) => reader.int32(),
  send: int32,
  toValue: (value) => value,
};

/** int8: always a bigint, so that a handler sees one type whatever the value. */
export const int8Type: TypeFunctions<bigint> = {
  input: (input) => (plain.test(input) ? BigInt(input) : parseInteger(input, 'bigint', 2n ** 63n - 1n)),
  output: String,
  receive: readInt64,
  send: int64,
  toValue: (value) => value,
};

function parseNumber(input: string, typeName: string, maximum: number): number {
  if (!plain.test(input)) return Number(parseInteger(input, typeName, BigInt(maximum)));
  // -0 is 0.
  const value = Number(input) + 0;
  if (value > maximum || value < -maximum - 1) throw outOfRange(typeName, input);
  return value;
}

/** All that PostgreSQL 16 and later take: space around, a sign, `0x1F`, `0o17`, `0b11`, `1_000`. */
function parseInteger(input: string, typeName: string, maximum: bigint): bigint {
  const { negative, end: start } = readSign(input, skipSpaces(input, 0));
  const { base, digits, end, isEmpty } = readIntegerLiteral(input, start);
  if (digits.length > tooManyDigits) throw outOfRange(typeName, input);
  const magnitude = integerValue(base, digits);
  if (isEmpty || !isBlank(input, end)) {
    // PostgreSQL multiplies as it reads: it may find the range left before it sees what is no digit.
    const overflowed = magnitude / BigInt(base) > (maximum + 1n) / BigInt(base);
    throw overflowed ? outOfRange(typeName, input) : invalidInput(typeName, input);
  }
  if (magnitude > (negative ? maximum + 1n : maximum)) throw outOfRange(typeName, input);
  return negative ? -magnitude : magnitude;
}
