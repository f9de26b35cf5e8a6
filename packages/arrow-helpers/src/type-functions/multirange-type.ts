import { BufferReader } from '@riffq/wire';
import { formatRange, parseMultirange } from '../text-values/range-syntax.js';
import type { RangeSubtype } from './range-subtype.js';
import { printedRange, readRange, receiveRange, sendRange } from './range-type.js';
import { joinedRanges, type RangeValue } from './range-value.js';
import type { TypeFunctions } from './type-functions.js';
import { int32 } from './write-number.js';

/** Multiranges, printed as `{[1,3),[5,9)}`: in order, without the empty ones, and those joined that meet. */
export function multirangeType<T>(subtype: RangeSubtype<T>): TypeFunctions<readonly RangeValue<T>[]> {
  return {
    ...(subtype.isLocal && { isLocal: true }),
    input(text, settings) {
      const ranges = Array.from(parseMultirange(text), (literal) => readRange(literal, subtype, settings));
      return joinedRanges(ranges, subtype);
    },
    output: (ranges, settings) =>
      `{${ranges.map((range) => formatRange(printedRange(range, subtype, settings))).join(',')}}`,
    receive(reader) {
      const ranges: (RangeValue<T> | null)[] = [];
      for (let count = reader.uint32(); count > 0; count--) {
        const length = reader.int32();
        if (length < 0) throw reader.violation('insufficient data left in message');
        ranges.push(receiveRange(new BufferReader(reader.bytes(length), 'range of a multirange'), subtype));
      }
      reader.end();
      return joinedRanges(ranges, subtype);
    },
    send(ranges) {
      const parts = ranges.map((range) => sendRange(range, subtype)).flatMap((range) => [int32(range.length), range]);
      return Buffer.concat([int32(ranges.length), ...parts]);
    },
  };
}
