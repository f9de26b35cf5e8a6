/** Rounds to the nearest integer, ties to the even one, as C's rint does. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/**
 * Nanoseconds of a second as microseconds, 0 to 1000000: rounded as PostgreSQL rounds the same digits when it reads them,
 * that is from the fraction as a double.
 */
export function roundNanoseconds(nanoseconds: number): number {
  return roundHalfEven((nanoseconds / 1e9) * 1e6);
}
