import type { RangeSubtype } from './range-subtype.js';
import { formatRange, readRange } from './range-value.js';
import type { TypeFunctions } from './type-functions.js';

/** Ranges: text as the client wrote it; binary as PostgreSQL writes it, `[1,10)`, its bounds in ISO style. */
export function rangeType(subtype: RangeSubtype): TypeFunctions {
  return { text: (input) => input, binary: (reader) => formatRange(readRange(reader, subtype)) };
}
