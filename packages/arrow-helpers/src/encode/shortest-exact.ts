/** The shortest digits of a floating-point number by exact arithmetic: slow, for what the quick ways are not sure of. */

/** A number as `0.digits x 10^pointPosition`. */
export interface ShortestDigits {
  readonly digits: string;
  readonly pointPosition: number;
}

/**
 * The shortest decimal strictly between the neighbours' midpoints of `mantissa x 2^exponent`; of several the nearest, of
 * two equally near the even one. That is PostgreSQL's rule; JavaScript's also takes the midpoints themselves (1e23).
 *
 * @param lowerGapIsHalf - whether the number below is only half as far away, as it is for powers of two
 */
export function shortestExact(mantissa: bigint, exponent: number, lowerGapIsHalf: boolean): ShortestDigits {
  // Everything is counted in units of 2^(exponent - 2), a quarter of the gap between neighbours.
  const quarter = exponent - 2;
  const unit = quarter >= 0 ? 1n << BigInt(quarter) : 1n;
  const denominator = quarter >= 0 ? 1n : 1n << BigInt(-quarter);
  const value = 4n * mantissa * unit;
  const lower = value - (lowerGapIsHalf ? 1n : 2n) * unit;
  const upper = value + 2n * unit;
  let power = Math.floor((exponent + 2) * Math.LOG10E * Math.LN2) + 1;
  for (; ; power--) {
    // A candidate n stands for n x 10^power; the sides are multiplied so that all stay integers.
    const scale = power >= 0 ? 10n ** BigInt(power) * denominator : denominator;
    const factor = power >= 0 ? 1n : 10n ** BigInt(-power);
    const below = (value * factor) / scale;
    const remainder = value * factor - below * scale;
    const twice = 2n * remainder;
    const nearest = twice > scale || (twice === scale && below % 2n === 1n) ? below + 1n : below;
    for (const candidate of [nearest, nearest === below ? below + 1n : below]) {
      const scaled = candidate * scale;
      if (scaled > lower * factor && scaled < upper * factor) {
        const digits = candidate.toString();
        return { digits, pointPosition: digits.length + power };
      }
    }
  }
}
