/** Ranges and multiranges as PostgreSQL keeps them: in one form of all that mean the same. */
import { sqlstate } from '@riffq/wire';
import { UnsendableValue } from '../encode/unsendable-value.js';
import type { DateTimeContext } from './date-time-context.js';
import type { RangeElements } from './range-elements.js';
import { formatRange, parseMultirange, parseRange, type RangeLiteral } from './range-syntax.js';

/** A range that holds something; undefined stands for a bound that there is not. */
interface Range<T> {
  readonly lower: T | undefined;
  readonly upper: T | undefined;
  readonly includesLower: boolean;
  readonly includesUpper: boolean;
}

/**
 * `[1,6)` of `[1,5]`; undefined for what is no range.
 *
 * @throws UnsendableValue for bounds that are no values of the type, or in the wrong order
 */
export function readRange<T>(text: string, elements: RangeElements<T>, context: DateTimeContext): string | undefined {
  const literal = parseRange(text);
  return literal && print(canonical(literal, elements, context), elements);
}

/** `{[1,10)}` of `{[3,9],[1,5]}`; the same for multiranges. */
export function readMultirange<T>(
  text: string,
  elements: RangeElements<T>,
  context: DateTimeContext,
): string | undefined {
  const literals = parseMultirange(text);
  if (literals === undefined) return undefined;
  const ranges = literals
    .map((literal) => canonical(literal, elements, context))
    .filter((range) => range !== undefined);
  return `{${united(ranges, elements)
    .map((range) => print(range, elements))
    .join(',')}}`;
}

/** Undefined for one that is empty. */
function canonical<T>(
  literal: RangeLiteral,
  elements: RangeElements<T>,
  context: DateTimeContext,
): Range<T> | undefined {
  if (literal === 'empty') return undefined;
  const lower = literal.lower === undefined ? undefined : elements.read(literal.lower, context);
  const upper = literal.upper === undefined ? undefined : elements.read(literal.upper, context);
  const includesLower = literal.includesLower && lower !== undefined;
  const includesUpper = literal.includesUpper && upper !== undefined;
  if (isInverted(lower, upper, elements)) {
    const message = 'range lower bound must be less than or equal to range upper bound';
    throw new UnsendableValue(sqlstate.data_exception, message, 'Give the lower bound first.');
  }
  const range = { lower, upper, includesLower, includesUpper };
  if (isEmpty(range, elements)) return undefined;
  const stepped = withNext(range, elements);
  return isEmpty(stepped, elements) ? undefined : stepped;
}

function isInverted<T>(lower: T | undefined, upper: T | undefined, { compare }: RangeElements<T>): boolean {
  return lower !== undefined && upper !== undefined && compare(lower, upper) > 0;
}

function isEmpty<T>({ lower, upper, includesLower, includesUpper }: Range<T>, { compare }: RangeElements<T>): boolean {
  if (lower === undefined || upper === undefined) return false;
  return compare(lower, upper) === 0 && !(includesLower && includesUpper);
}

/** Of elements that come one after the other: with the lower bound, without the upper one. */
function withNext<T>(range: Range<T>, { next }: RangeElements<T>): Range<T> {
  if (next === undefined) return range;
  const { lower, upper, includesLower, includesUpper } = range;
  const nextLower = lower === undefined || includesLower ? undefined : next(lower);
  const nextUpper = upper === undefined || !includesUpper ? undefined : next(upper);
  return {
    lower: nextLower ?? lower,
    upper: nextUpper ?? upper,
    includesLower: includesLower || nextLower !== undefined,
    includesUpper: includesUpper && nextUpper === undefined,
  };
}

/** In order, and those that touch as one. */
function united<T>(ranges: readonly Range<T>[], elements: RangeElements<T>): readonly Range<T>[] {
  const found: Range<T>[] = [];
  for (const range of ranges.toSorted((one, other) => compareLower(one, other, elements))) {
    const last = found.at(-1);
    if (last !== undefined && touches(last, range, elements)) found[found.length - 1] = union(last, range, elements);
    else found.push(range);
  }
  return found;
}

function compareLower<T>(one: Range<T>, other: Range<T>, { compare }: RangeElements<T>): number {
  if (one.lower === undefined || other.lower === undefined) {
    return Number(one.lower !== undefined) - Number(other.lower !== undefined);
  }
  return compare(one.lower, other.lower) || Number(other.includesLower) - Number(one.includesLower);
}

function touches<T>(before: Range<T>, after: Range<T>, { compare }: RangeElements<T>): boolean {
  if (before.upper === undefined || after.lower === undefined) return true;
  const order = compare(after.lower, before.upper);
  return order < 0 || (order === 0 && (before.includesUpper || after.includesLower));
}

function union<T>(before: Range<T>, after: Range<T>, { compare }: RangeElements<T>): Range<T> {
  if (before.upper === undefined) return before;
  const order = after.upper === undefined ? 1 : compare(after.upper, before.upper);
  const isLonger = order > 0 || (order === 0 && after.includesUpper);
  return isLonger ? { ...before, upper: after.upper, includesUpper: after.includesUpper } : before;
}

function print<T>(range: Range<T> | undefined, elements: RangeElements<T>): string {
  if (range === undefined) return 'empty';
  const text = (bound: T | undefined): string | undefined => (bound === undefined ? undefined : elements.print(bound));
  return formatRange({ ...range, lower: text(range.lower), upper: text(range.upper) });
}
