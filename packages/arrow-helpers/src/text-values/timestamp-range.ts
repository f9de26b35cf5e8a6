/** Which timestamps PostgreSQL has, and which of them fit 64 bits of Arrow's units. */
import { TimeUnit } from 'apache-arrow/enum';

/** Microseconds from 1970 to 4714-11-24 BC, and to the end of the year 294276. */
const FIRST_MICROSECOND = -210_866_803_200_000_000n;
const END_MICROSECOND = 9_224_318_016_000_000_000n;

/** What those who gave a timestamp beyond a unit's range are told. */
const unitHints = {
  [TimeUnit.SECOND]: '',
  [TimeUnit.MILLISECOND]: '',
  [TimeUnit.MICROSECOND]:
    'Arrow counts microseconds in 64 bits, up to 294247-01-10 04:00:54.775806: declare milliseconds, or a string.',
  [TimeUnit.NANOSECOND]:
    'Arrow counts nanoseconds in 64 bits, from the year 1677 to 2262 and without infinities: declare microseconds.',
} as const;

/** Whether PostgreSQL has a timestamp of so many microseconds since 1970. */
export function isTimestamp(microseconds: bigint): boolean {
  return microseconds >= FIRST_MICROSECOND && microseconds < END_MICROSECOND;
}

/** How to go about a timestamp, undefined for an infinity, that a column of this unit does not have. */
export function timestampRangeHint(microseconds: bigint | undefined, unit: TimeUnit): string {
  const isKnown = microseconds === undefined || isTimestamp(microseconds);
  const hint = isKnown ? unitHints[unit] : '';
  return hint || "PostgreSQL's timestamps go from 4714-11-24 BC to 294276-12-31.";
}
