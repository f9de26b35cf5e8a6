import { BufferReader, PgError, sqlstate } from '@riffq/wire';
import { dateType } from './date-type.js';
import { int4Type, int8Type } from './integer-types.js';
import { numericType } from './numeric-type.js';
import { timestampType, timestamptzType } from './timestamp-types.js';
import type { TypeFunctions } from './type-functions.js';

/** The value of a range's bound: as printed, and the number that it is in binary, where that is one. */
export interface BoundValue {
  readonly text: string;
  readonly stored: bigint;
}

/** What ranges of a type are over. */
export interface RangeSubtype {
  /** Reads a bound's value; bytes behind it are left alone, as PostgreSQL does. */
  read(bytes: Uint8Array): BoundValue;
  compare(first: BoundValue, second: BoundValue): number;
  /** The value that comes next, of subtypes whose ranges are printed as `[first,end)`. */
  next?(value: BoundValue): BoundValue;
}

/** The subtypes of PostgreSQL's own ranges, by what stands before `range` in their names. */
export const rangeSubtypes = {
  int4: discrete(int4Type, 4, 'integer'),
  int8: discrete(int8Type, 8, 'bigint'),
  date: discrete(dateType, 4, 'date'),
  ts: fixedSize(timestampType, 8),
  tstz: fixedSize(timestamptzType, 8),
  num: {
    read: (bytes) => ({ text: String(numericType.binary(readerOf(bytes))), stored: 0n }),
    compare: (first, second) => compareNumerics(first.text, second.text),
  },
} as const satisfies Record<string, RangeSubtype>;

function readerOf(bytes: Uint8Array): BufferReader {
  return new BufferReader(bytes, 'bound of a range');
}

function fixedSize(decoder: TypeFunctions, size: 4 | 8): RangeSubtype {
  return {
    read(bytes) {
      const text = String(decoder.binary(readerOf(bytes)));
      const buffer = Buffer.from(bytes.subarray(0, size));
      return { text, stored: size === 4 ? BigInt(buffer.readInt32BE()) : buffer.readBigInt64BE() };
    },
    compare: ({ stored: first }, { stored: second }) => (first < second ? -1 : first > second ? 1 : 0),
  };
}

function discrete(decoder: TypeFunctions, size: 4 | 8, name: 'integer' | 'bigint' | 'date'): RangeSubtype {
  const subtype = fixedSize(decoder, size);
  return {
    ...subtype,
    next(value) {
      // The infinities of dates have none.
      if (value.text.endsWith('infinity')) return value;
      const stored = value.stored + 1n;
      if (BigInt.asIntN(size * 8, stored) !== stored) {
        throw new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message: `${name} out of range` });
      }
      const bytes = Buffer.alloc(size);
      if (size === 4) bytes.writeInt32BE(Number(stored));
      else bytes.writeBigInt64BE(stored);
      return subtype.read(bytes);
    },
  };
}

const specials = ['-Infinity', '', 'Infinity', 'NaN'];

/** Compares by the texts that they have without exponents: their numbers may be longer than arithmetic is quick with. */
function compareNumerics(first: string, second: string): number {
  const rank = (text: string): number => (specials.includes(text) ? specials.indexOf(text) : 1);
  if (rank(first) !== rank(second) || rank(first) !== 1) return rank(first) - rank(second);
  const isNegative = first.startsWith('-');
  if (isNegative !== second.startsWith('-')) return isNegative ? -1 : 1;
  return isNegative ? compareMagnitudes(second.slice(1), first.slice(1)) : compareMagnitudes(first, second);
}

function compareMagnitudes(first: string, second: string): number {
  const [integer = '', fraction = ''] = first.split('.');
  const [otherInteger = '', otherFraction = ''] = second.split('.');
  if (integer.length !== otherInteger.length) return integer.length - otherInteger.length;
  const length = Math.max(fraction.length, otherFraction.length);
  const [digits, otherDigits] = [
    integer + fraction.padEnd(length, '0'),
    otherInteger + otherFraction.padEnd(length, '0'),
  ];
  return digits < otherDigits ? -1 : digits > otherDigits ? 1 : 0;
}
