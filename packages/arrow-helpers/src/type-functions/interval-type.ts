import type { IntervalParts } from '../text-values/interval-sum.js';
import { infiniteSign, readInterval } from '../text-values/interval-text.js';
import { clockText } from '../text-values/moment-text.js';
import { readInt64 } from './read-number.js';
import type { TypeFunctions } from './type-functions.js';

/**
 * interval: text in PostgreSQL's own style (`1 year 2 mons -3 days +04:05:06.789`), in whatever form the client wrote
 * it.
 */
export const intervalType: TypeFunctions = {
  text: (input, { intervalStyle }) => formatInterval(readInterval(input, intervalStyle)),
  binary(reader) {
    const microseconds = readInt64(reader);
    const days = reader.int32();
    const months = reader.int32();
    return formatInterval({ months, days, microseconds });
  },
};

function formatInterval(parts: IntervalParts): string {
  const infinite = infiniteSign(parts);
  if (infinite !== 0) return infinite > 0 ? 'infinity' : '-infinity';
  const { months, days, microseconds } = parts;
  const counts = [
    { value: Math.trunc(months / 12), unit: 'year' },
    { value: months % 12, unit: 'mon' },
    { value: days, unit: 'day' },
  ].filter(({ value }) => value !== 0);
  // A positive value right after a negative one carries its sign.
  const words = counts.map(({ value, unit }, index) => {
    return `${sign(value > 0, counts[index - 1]?.value)}${value} ${unit}${value === 1 ? '' : 's'}`;
  });
  if (microseconds !== 0n || words.length === 0) {
    const isNegative = microseconds < 0n;
    const prefix = isNegative ? '-' : sign(true, counts.at(-1)?.value);
    words.push(prefix + formatClock(isNegative ? -microseconds : microseconds));
  }
  return words.join(' ');
}

function sign(isPositive: boolean, previous: number | undefined): string {
  return isPositive && previous !== undefined && previous < 0 ? '+' : '';
}

/** Hours apart from the rest, as together they may exceed what a number holds exactly. */
function formatClock(microseconds: bigint): string {
  const hours = microseconds / 3_600_000_000n;
  return hours.toString().padStart(2, '0') + clockText(Number(microseconds % 3_600_000_000n)).slice(2);
}
