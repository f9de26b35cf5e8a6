import { formatTime } from './format-time.js';
import type { ParameterDecoder } from './parameter-decoder.js';
import { readInt64 } from './read-number.js';

const largest = { microseconds: 2n ** 63n - 1n, other: 2 ** 31 - 1 };
const smallest = { microseconds: -(2n ** 63n), other: -(2 ** 31) };

/**
 * interval: binary becomes text in PostgreSQL's own style (`1 year 2 mons -3 days +04:05:06.789`). Text is passed on as
 * the client wrote it, unchecked: it may be in a format that only the handler's engine knows.
 */
export const intervalDecoder: ParameterDecoder = {
  text: (input) => input,
  binary(reader) {
    const microseconds = readInt64(reader);
    const days = reader.int32();
    const months = reader.int32();
    for (const [bound, text] of [[largest, 'infinity'] as const, [smallest, '-infinity'] as const]) {
      if (microseconds === bound.microseconds && days === bound.other && months === bound.other) return text;
    }
    return formatInterval(months, days, microseconds);
  },
};

function formatInterval(months: number, days: number, microseconds: bigint): string {
  const counts = [
    { value: Math.trunc(months / 12), unit: 'year' },
    { value: months % 12, unit: 'mon' },
    { value: days, unit: 'day' },
  ].filter(({ value }) => value !== 0);
  // A positive value right after a negative one carries its sign.
  const parts = counts.map(({ value, unit }, index) => {
    return `${sign(value > 0, counts[index - 1]?.value)}${value} ${unit}${value === 1 ? '' : 's'}`;
  });
  if (microseconds !== 0n || parts.length === 0) {
    const isNegative = microseconds < 0n;
    const prefix = isNegative ? '-' : sign(true, counts.at(-1)?.value);
    parts.push(prefix + formatClock(isNegative ? -microseconds : microseconds));
  }
  return parts.join(' ');
}

function sign(isPositive: boolean, previous: number | undefined): string {
  return isPositive && previous !== undefined && previous < 0 ? '+' : '';
}

/** Hours apart from the rest, as together they may exceed what a number holds exactly. */
function formatClock(microseconds: bigint): string {
  const hours = microseconds / 3_600_000_000n;
  return hours.toString().padStart(2, '0') + formatTime(Number(microseconds % 3_600_000_000n)).slice(2);
}
