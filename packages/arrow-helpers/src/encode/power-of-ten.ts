/** The unevaluated sum of two doubles. */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

/** 10^exponent x 2^-binaryShift, exact to about 106 bits. */
export function powerOfTen(exponent: number, binaryShift = 0): DoubleDouble {
  const bits = 128 - Math.floor(exponent * Math.LOG2E * Math.LN10);
  let numerator = exponent >= 0 ? 10n ** BigInt(exponent) : 1n;
  let denominator = exponent >= 0 ? 1n : 10n ** BigInt(-exponent);
  if (bits >= 0) numerator <<= BigInt(bits);
  else denominator <<= BigInt(-bits);
  const quotient = numerator / denominator;
  const high = Number(quotient);
  const low = Number(quotient - BigInt(high));
  // In two steps, for the factor itself may be below all doubles.
  const shift = -bits - binaryShift;
  const half = 2 ** Math.trunc(shift / 2);
  const otherHalf = 2 ** (shift - Math.trunc(shift / 2));
  return { high: high * half * otherHalf, low: low * half * otherHalf };
}
