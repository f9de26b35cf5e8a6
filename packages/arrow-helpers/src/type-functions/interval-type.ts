import { type IntervalParts, spanOf } from '../text-output/interval-span.js';
import { intervalText } from '../text-output/interval-text.js';
import { readInterval } from '../text-values/interval-text.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';
import { int32, int64 } from './write-number.js';

/** interval: months, days and microseconds. */
export const intervalType: TypeFunctions<IntervalParts> = {
  input: (input, { intervalStyle }) => readInterval(input, intervalStyle),
  output: (parts, { intervalStyle }) => intervalText(spanOf(parts), intervalStyle),
  receive(reader) {
    const microseconds = readInt64(reader);
    const days = reader.int32();
    const months = reader.int32();
    return { months, days, microseconds };
  },
  send: ({ months, days, microseconds }) => Buffer.concat([int64(microseconds), int32(days), int32(months)]),
};
