import { BufferReader } from '@riffq/wire';
import type { RangeSubtype } from './range-subtype.js';
import { formatRange, type RangeBound, type RangeValue, readRange } from './range-value.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * Multiranges: text as the client wrote it; binary as PostgreSQL writes it, `{[1,3),[5,9)}`: in order, without the empty
 * ones, and those joined that meet.
 */
export function multirangeType(subtype: RangeSubtype): TypeFunctions {
  return {
    text: (input) => input,
    binary(reader) {
      const ranges: RangeValue[] = [];
      for (let count = reader.uint32(); count > 0; count--) {
        const length = reader.int32();
        if (length < 0) throw reader.violation('insufficient data left in message');
        const range = readRange(new BufferReader(reader.bytes(length), 'range of a multirange'), subtype);
        if (range !== null) ranges.push(range);
      }
      reader.end();
      return `{${joined(ranges, subtype).map(formatRange).join(',')}}`;
    },
  };
}

function joined(ranges: readonly RangeValue[], subtype: RangeSubtype): readonly RangeValue[] {
  const inOrder = [...ranges].sort(
    (first, second) =>
      compareLower(first.lower, second.lower, subtype) || compareUpper(first.upper, second.upper, subtype),
  );
  const found: RangeValue[] = [];
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
function isApart({ value: end, isInclusive }: RangeBound, begin: RangeBound, subtype: RangeSubtype): boolean {
  if (end === null || begin.value === null) return false;
  const order = subtype.compare(end, begin.value);
  return order < 0 || (order === 0 && !isInclusive && !begin.isInclusive);
}

function compareLower(first: RangeBound, second: RangeBound, subtype: RangeSubtype): number {
  if (first.value === null || second.value === null)
    return Number(first.value !== null) - Number(second.value !== null);
  return subtype.compare(first.value, second.value) || Number(second.isInclusive) - Number(first.isInclusive);
}

function compareUpper(first: RangeBound, second: RangeBound, subtype: RangeSubtype): number {
  if (first.value === null || second.value === null)
    return Number(first.value === null) - Number(second.value === null);
  return subtype.compare(first.value, second.value) || Number(first.isInclusive) - Number(second.isInclusive);
}
