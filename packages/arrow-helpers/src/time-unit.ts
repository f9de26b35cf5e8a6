import { TimeUnit } from 'apache-arrow/enum';

const unitsPerSecond = {
  [TimeUnit.SECOND]: 1,
  [TimeUnit.MILLISECOND]: 1000,
  [TimeUnit.MICROSECOND]: 1_000_000,
  [TimeUnit.NANOSECOND]: 1_000_000_000,
} as const;

/** How many of the unit a second has. */
export function unitsOf(unit: TimeUnit): number {
  return unitsPerSecond[unit];
}
