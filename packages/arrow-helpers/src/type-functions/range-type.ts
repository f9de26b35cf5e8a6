/** Ranges: https://www.postgresql.org/docs/18/rangetypes.html */
import { BufferReader } from '@riffq/wire';
import type { OutputSettings } from '../output-settings.js';
import { formatRange, parseRange, type RangeLiteral } from '../text-values/range-syntax.js';
import type { RangeSubtype } from './range-subtype.js';
import { boundOf, canonicalRange, type RangeBound, type RangeValue } from './range-value.js';
import { readByte } from './read-number.js';
import type { TextSettings, TypeFunctions } from './type-functions.js';
import { int32 } from './write-number.js';

/** Null is the empty one. */
type MaybeRange<T> = RangeValue<T> | null;

const flags = { empty: 1, lowerInclusive: 2, upperInclusive: 4, lowerInfinite: 8, upperInfinite: 16 } as const;

/** Ranges, printed as `[1,10)`. */
export function rangeType<T>(subtype: RangeSubtype<T>): TypeFunctions<MaybeRange<T>> {
  return {
    ...(subtype.isLocal && { isLocal: true }),
    input: (text, settings) => readRange(parseRange(text), subtype, settings),
    output: (range, settings) => formatRange(printedRange(range, subtype, settings)),
    receive: (reader) => receiveRange(reader, subtype),
    send: (range) => sendRange(range, subtype),
  };
}

/** The range that is written. */
export function readRange<T>(literal: RangeLiteral, subtype: RangeSubtype<T>, settings: TextSettings): MaybeRange<T> {
  if (literal === 'empty') return null;
  const bound = (text: string | undefined): T | undefined =>
    text === undefined ? undefined : subtype.input(text, settings);
  const lower = boundOf(bound(literal.lower), literal.includesLower);
  return canonicalRange(lower, boundOf(bound(literal.upper), literal.includesUpper), subtype);
}

/** What is written of a range. */
export function printedRange<T>(
  range: MaybeRange<T>,
  subtype: RangeSubtype<T>,
  settings: OutputSettings,
): RangeLiteral {
  if (range === null) return 'empty';
  const text = ({ value }: RangeBound<T>): string | undefined =>
    value === undefined ? undefined : subtype.output(value, settings);
  const { lower, upper } = range;
  return {
    lower: text(lower),
    upper: text(upper),
    includesLower: lower.isInclusive,
    includesUpper: upper.isInclusive,
  };
}

/** A whole value that is a range in binary. */
export function receiveRange<T>(reader: BufferReader, subtype: RangeSubtype<T>): MaybeRange<T> {
  const flag = readByte(reader);
  const isEmpty = (flag & flags.empty) !== 0;
  const hasLower = !isEmpty && (flag & flags.lowerInfinite) === 0;
  const hasUpper = !isEmpty && (flag & flags.upperInfinite) === 0;
  const lower = hasLower ? receiveBound(reader, subtype) : undefined;
  const upper = hasUpper ? receiveBound(reader, subtype) : undefined;
  // More is noticed here, before that is done for other types.
  reader.end();
  if (isEmpty) return null;
  return canonicalRange(
    boundOf(lower, (flag & flags.lowerInclusive) !== 0),
    boundOf(upper, (flag & flags.upperInclusive) !== 0),
    subtype,
  );
}

/** Bytes behind a bound's value are left alone, as PostgreSQL does. */
function receiveBound<T>(reader: BufferReader, subtype: RangeSubtype<T>): T {
  const length = reader.int32();
  if (length < 0) throw reader.violation('insufficient data left in message');
  return subtype.receive(new BufferReader(reader.bytes(length), 'bound of a range'));
}

/** A range in binary. */
export function sendRange<T>(range: MaybeRange<T>, subtype: RangeSubtype<T>): Uint8Array {
  if (range === null) return Uint8Array.of(flags.empty);
  const { lower, upper } = range;
  const flag =
    (lower.isInclusive ? flags.lowerInclusive : 0) |
    (upper.isInclusive ? flags.upperInclusive : 0) |
    (lower.value === undefined ? flags.lowerInfinite : 0) |
    (upper.value === undefined ? flags.upperInfinite : 0);
  return Buffer.concat([Uint8Array.of(flag), ...[lower, upper].flatMap((bound) => sendBound(bound, subtype))]);
}

function sendBound<T>({ value }: RangeBound<T>, subtype: RangeSubtype<T>): readonly Uint8Array[] {
  if (value === undefined) return [];
  const bytes = subtype.send(value);
  return [int32(bytes.length), bytes];
}
