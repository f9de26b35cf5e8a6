/** Half-precision numbers, which PostgreSQL has not: they are shown as float4, which holds each of them exactly. */

/** The number that 16 bits stand for (IEEE 754 binary16). */
export function halfToNumber(bits: number): number {
  const exponentField = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponentField === 0) return sign * fraction * 2 ** -24;
  if (exponentField === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (fraction + 0x400) * 2 ** (exponentField - 25);
}
