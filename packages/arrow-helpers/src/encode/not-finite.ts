/** NaN and the infinities, which float4out and float8out spell alike. */

const NAN = Buffer.from('NaN', 'latin1');
const INFINITY = Buffer.from('Infinity', 'latin1');
const NEGATIVE_INFINITY = Buffer.from('-Infinity', 'latin1');

/** Writes `NaN`, `Infinity` or `-Infinity`; the sign of a NaN is not shown. */
export function writeNotFinite(target: Uint8Array, position: number, value: number): number {
  const text = value > 0 ? INFINITY : value < 0 ? NEGATIVE_INFINITY : NAN;
  target.set(text, position);
  return position + text.length;
}
