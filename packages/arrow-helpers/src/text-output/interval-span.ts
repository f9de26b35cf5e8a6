/** What PostgreSQL keeps of an interval; in the infinite ones all three are the largest or the smallest there are. */
export interface IntervalParts {
  readonly months: number;
  readonly days: number;
  readonly microseconds: bigint;
}

/** The same without bigints: what PostgreSQL's own output functions work on. */
export interface IntervalSpan {
  readonly months: number;
  readonly days: number;
  /** Rounded down, so that the microseconds are never negative. */
  readonly seconds: number;
  /** 0 to 999999. */
  readonly microseconds: number;
}

/** The largest and smallest time of an interval, which is 64 bits of microseconds. */
export const LAST_SECOND = 9_223_372_036_854;
export const LAST_MICROSECOND = 775_807;
export const FIRST_SECOND = -9_223_372_036_855;
export const FIRST_MICROSECOND = 224_192;
export const MICROSECONDS_PER_SECOND = 1_000_000n;

/** What months and days of the infinite intervals are. */
export const LARGEST_COUNT = 0x7fff_ffff;
export const SMALLEST_COUNT = -0x8000_0000;

/** 1 and -1 for PostgreSQL's infinite intervals, else 0. */
export function infiniteSpan({ months, days, seconds, microseconds }: IntervalSpan): number {
  if (months === LARGEST_COUNT && days === LARGEST_COUNT) {
    return seconds === LAST_SECOND && microseconds === LAST_MICROSECOND ? 1 : 0;
  }
  if (months !== SMALLEST_COUNT || days !== SMALLEST_COUNT) return 0;
  return seconds === FIRST_SECOND && microseconds === FIRST_MICROSECOND ? -1 : 0;
}

/** Splits the time. */
export function spanOf({ months, days, microseconds }: IntervalParts): IntervalSpan {
  const fraction = ((microseconds % MICROSECONDS_PER_SECOND) + MICROSECONDS_PER_SECOND) % MICROSECONDS_PER_SECOND;
  const seconds = Number((microseconds - fraction) / MICROSECONDS_PER_SECOND);
  return { months, days, seconds, microseconds: Number(fraction) };
}
