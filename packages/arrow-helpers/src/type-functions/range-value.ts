import { type BufferReader, PgError, sqlstate } from '@riffq/wire';
import { isSpace } from '../array-input/scan-text.js';
import type { BoundValue, RangeSubtype } from './range-subtype.js';
import { readByte } from './read-number.js';

/** An end of a range: no value where there is no bound. */
export interface RangeBound {
  readonly value: BoundValue | null;
  readonly isInclusive: boolean;
}

/** A range that is not empty. */
export interface RangeValue {
  readonly lower: RangeBound;
  readonly upper: RangeBound;
}

const flags = { empty: 1, lowerInclusive: 2, upperInclusive: 4, lowerInfinite: 8, upperInfinite: 16 } as const;

/** Reads a range in binary, in the form that PostgreSQL keeps it in; null for the empty one. */
export function readRange(reader: BufferReader, subtype: RangeSubtype): RangeValue | null {
  const flag = readByte(reader);
  const isEmpty = (flag & flags.empty) !== 0;
  const hasLower = !isEmpty && (flag & flags.lowerInfinite) === 0;
  const hasUpper = !isEmpty && (flag & flags.upperInfinite) === 0;
  const lower = hasLower ? readBound(reader, subtype) : null;
  const upper = hasUpper ? readBound(reader, subtype) : null;
  // More is noticed here, before that is done for other types.
  reader.end();
  if (isEmpty) return null;
  return canonical(
    { value: lower, isInclusive: lower !== null && (flag & flags.lowerInclusive) !== 0 },
    { value: upper, isInclusive: upper !== null && (flag & flags.upperInclusive) !== 0 },
    subtype,
  );
}

/** The range as range_out writes it. */
export function formatRange(range: RangeValue | null): string {
  if (range === null) return 'empty';
  const { lower, upper } = range;
  const ends = `${quoteBound(lower)},${quoteBound(upper)}`;
  return `${lower.isInclusive ? '[' : '('}${ends}${upper.isInclusive ? ']' : ')'}`;
}

function readBound(reader: BufferReader, subtype: RangeSubtype): BoundValue {
  const length = reader.int32();
  if (length < 0) throw reader.violation('insufficient data left in message');
  return subtype.read(reader.bytes(length));
}

function canonical(lower: RangeBound, upper: RangeBound, subtype: RangeSubtype): RangeValue | null {
  if (lower.value !== null && upper.value !== null) {
    const order = subtype.compare(lower.value, upper.value);
    if (order > 0) {
      const message = 'range lower bound must be less than or equal to range upper bound';
      throw new PgError({ sqlstate: sqlstate.data_exception, message });
    }
    if (order === 0 && !(lower.isInclusive && upper.isInclusive)) return null;
  }
  if (subtype.next === undefined) return { lower, upper };
  const first = lower.value !== null && !lower.isInclusive ? subtype.next(lower.value) : lower.value;
  const end = upper.value !== null && upper.isInclusive ? subtype.next(upper.value) : upper.value;
  // What has no next value, as the infinities of dates, stays as it was.
  const isStepped = (value: BoundValue | null, bound: RangeBound): boolean => value !== bound.value;
  const found = {
    lower: isStepped(first, lower) ? { value: first, isInclusive: true } : lower,
    upper: isStepped(end, upper) ? { value: end, isInclusive: false } : upper,
  };
  const isEmpty =
    found.lower.value !== null &&
    found.upper.value !== null &&
    subtype.compare(found.lower.value, found.upper.value) >= 0 &&
    !(found.lower.isInclusive && found.upper.isInclusive);
  return isEmpty ? null : found;
}

function quoteBound({ value }: RangeBound): string {
  const text = value?.text ?? '';
  const needsQuotes = /["\\()[\],]/.test(text) || [...text].some((character) => isSpace(character.charCodeAt(0)));
  return needsQuotes ? `"${text.replace(/["\\]/g, '$&$&')}"` : text;
}
