import { TimeUnit } from 'apache-arrow/enum';
import { unitsOf } from '../time-unit.js';

const names = {
  [TimeUnit.SECOND]: 'seconds',
  [TimeUnit.MILLISECOND]: 'milliseconds',
  [TimeUnit.MICROSECOND]: 'microseconds',
  [TimeUnit.NANOSECOND]: 'nanoseconds',
} as const;

/** A unit's name, for messages, and how many of it a second has. */
export function timeUnit(unit: TimeUnit): { readonly name: string; readonly perSecond: number } {
  return { name: names[unit], perSecond: unitsOf(unit) };
}

/** Microseconds in a unit of which a second has so many, rounded where it is coarser. */
export function fromMicroseconds(microseconds: bigint, unitsPerSecond: number): bigint {
  return unitsPerSecond >= 1_000_000
    ? microseconds * BigInt(unitsPerSecond / 1_000_000)
    : rounded(microseconds, BigInt(1_000_000 / unitsPerSecond));
}

function rounded(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n;
  return (value < 0n ? value - half : value + half) / divisor;
}
