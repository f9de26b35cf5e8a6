import { PgError, sqlstate } from '@riffq/wire';
import { digitValue, endOfDigits, isBlank, leadingZeros, readSign, skipSpaces } from '../array-input/scan-text.js';
import { invalidInput, outOfRange } from './input-error.js';
import { readUint64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int64, uint32 } from './write-number.js';

/** More than 64 bits have in any base, leading zeros left aside. */
const tooManyDigits = 30;

/** oid, xid and cid: a number in 0..2^32-1. */
export function unsignedType(typeName: 'oid' | 'xid' | 'cid'): TypeFunctions<number> {
  return {
    input: (input) => parseUnsigned32(input, typeName),
    output: String,
    receive: (reader) => reader.uint32(),
    send: uint32,
    toValue: (value) => value,
  };
}

/** xid8: a bigint. */
export const xid8Type: TypeFunctions<bigint> = {
  input: (input) => parseUnsigned64(input, 'xid8'),
  output: String,
  receive: readUint64,
  send: int64,
  toValue: (value) => value,
};

/**
 * regclass, regtype and the other names of OIDs: a number where the text is one, or `-`, PostgreSQL's way to write 0.
 * Any other text is a name, which only the handler can look up: it stays a string.
 */
export const registeredNameType: TypeFunctions<number | string> = {
  input(input) {
    if (input === '-') return 0;
    const isNumber = input !== '' && endOfDigits(input, 0) === input.length;
    return isNumber ? parseUnsigned32(input, 'oid') : input;
  },
  output: (value) => (value === 0 ? '-' : String(value)),
  receive: (reader) => reader.uint32(),
  send(value) {
    if (typeof value === 'number') return uint32(value);
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: `the OID of "${value}" is not known`,
      hint: 'Give the OID itself, or ask for text.',
    });
  },
  toValue: (value) => value,
};

/** Signed input is taken for backward compatibility: -1 is 2^32-1. */
function parseUnsigned32(input: string, typeName: string): number {
  const wide = parseUnsigned64(input, typeName);
  const narrow = BigInt.asUintN(32, wide);
  if (wide !== narrow && BigInt.asIntN(64, wide) !== BigInt.asIntN(32, wide)) throw outOfRange(typeName, input);
  return Number(narrow);
}

/** C's strtoul(): a sign wraps around, `0x` is hexadecimal and a leading zero octal. */
function parseUnsigned64(input: string, typeName: string): bigint {
  const { negative, end: start } = readSign(input, skipSpaces(input, 0));
  const base = baseAt(input, start);
  const digitsStart = base === 16 ? start + 2 : start;
  const end = endOfDigits(input, digitsStart, base);
  if (end === digitsStart) throw invalidInput(typeName, input);
  const digits = input.slice(digitsStart + leadingZeros(input, digitsStart), end);
  if (digits.length > tooManyDigits) throw outOfRange(typeName, input);
  const magnitude = BigInt((base === 16 ? '0x' : base === 8 ? '0o' : '') + (digits || '0'));
  if (magnitude >= 2n ** 64n) throw outOfRange(typeName, input);
  if (!isBlank(input, end)) throw invalidInput(typeName, input);
  return BigInt.asUintN(64, negative ? -magnitude : magnitude);
}

function baseAt(text: string, at: number): 8 | 10 | 16 {
  if (text[at] !== '0') return 10;
  return (text[at + 1] === 'x' || text[at + 1] === 'X') && digitValue(text.charCodeAt(at + 2)) < 16 ? 16 : 8;
}
