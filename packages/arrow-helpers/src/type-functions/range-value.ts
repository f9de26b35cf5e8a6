import { PgError, sqlstate } from '@riffq/wire';
import type { RangeSubtype } from './range-subtype.js';

/** An end of a range: no value where there is no bound. */
export interface RangeBound<T> {
  readonly value: T | undefined;
  readonly isInclusive: boolean;
}

/** A range that is not empty. */
export interface RangeValue<T> {
  readonly lower: RangeBound<T>;
  readonly upper: RangeBound<T>;
}

/** What is no bound includes nothing. */
export function boundOf<T>(value: T | undefined, isInclusive: boolean): RangeBound<T> {
  return { value, isInclusive: isInclusive && value !== undefined };
}

/**
 * The range in the form that PostgreSQL keeps it in; null for the empty one.
 *
 * @throws PgError 22000 for bounds in the wrong order
 */
export function canonicalRange<T>(
  lower: RangeBound<T>,
  upper: RangeBound<T>,
  subtype: RangeSubtype<T>,
): RangeValue<T> | null {
  if (lower.value !== undefined && upper.value !== undefined) {
    const order = subtype.compare(lower.value, upper.value);
    if (order > 0) {
      const message = 'range lower bound must be less than or equal to range upper bound';
      throw new PgError({ sqlstate: sqlstate.data_exception, message });
    }
    if (order === 0 && !(lower.isInclusive && upper.isInclusive)) return null;
  }
  if (subtype.next === undefined) return { lower, upper };
  // What has no next value, as the infinities of dates, stays as it was.
  const first = lower.value === undefined || lower.isInclusive ? undefined : subtype.next(lower.value);
  const end = upper.value === undefined || !upper.isInclusive ? undefined : subtype.next(upper.value);
  const found = {
    lower: first === undefined ? lower : { value: first, isInclusive: true },
    upper: end === undefined ? upper : { value: end, isInclusive: false },
  };
  return isEmpty(found, subtype) ? null : found;
}

function isEmpty<T>({ lower, upper }: RangeValue<T>, { compare }: RangeSubtype<T>): boolean {
  if (lower.value === undefined || upper.value === undefined) return false;
  return compare(lower.value, upper.value) >= 0 && !(lower.isInclusive && upper.isInclusive);
}

/** In order, without the empty ones, and those joined that meet. */
export function joinedRanges<T>(
  ranges: readonly (RangeValue<T> | null)[],
  subtype: RangeSubtype<T>,
): readonly RangeValue<T>[] {
  const inOrder = ranges
    .filter((range) => range !== null)
    .sort(
      (first, second) =>
        compareLower(first.lower, second.lower, subtype) || compareUpper(first.upper, second.upper, subtype),
    );
  const found: RangeValue<T>[] = [];
  for (const range of inOrder) {
    const last = found.at(-1);
    if (last === undefined || isApart(last.upper, range.lower, subtype)) found.push(range);
    else {
      // Of bounds that are equal, and may be printed differently, PostgreSQL takes the second one.
      const lower = compareLower(last.lower, range.lower, subtype) < 0 ? last.lower : range.lower;
      const upper = compareUpper(last.upper, range.upper, subtype) > 0 ? last.upper : range.upper;
      found[found.length - 1] = { lower, upper };
    }
  }
  return found;
}

/** Whether values lie between the end of one range and the beginning of another that does not begin before it. */
function isApart<T>(
  { value: end, isInclusive }: RangeBound<T>,
  begin: RangeBound<T>,
  { compare }: RangeSubtype<T>,
): boolean {
  if (end === undefined || begin.value === undefined) return false;
  const order = compare(end, begin.value);
  return order < 0 || (order === 0 && !isInclusive && !begin.isInclusive);
}

function compareLower<T>(first: RangeBound<T>, second: RangeBound<T>, { compare }: RangeSubtype<T>): number {
  if (first.value === undefined || second.value === undefined) {
    return Number(first.value !== undefined) - Number(second.value !== undefined);
  }
  return compare(first.value, second.value) || Number(second.isInclusive) - Number(first.isInclusive);
}

function compareUpper<T>(first: RangeBound<T>, second: RangeBound<T>, { compare }: RangeSubtype<T>): number {
  if (first.value === undefined || second.value === undefined) {
    return Number(first.value === undefined) - Number(second.value === undefined);
  }
  return compare(first.value, second.value) || Number(first.isInclusive) - Number(second.isInclusive);
}
