/** PostgreSQL's infinite dates and timestamps. */

const INFINITY = Buffer.from('infinity', 'latin1');
const NEGATIVE_INFINITY = Buffer.from('-infinity', 'latin1');

/** Writes `infinity` or `-infinity`. */
export function writeInfinity(target: Uint8Array, position: number, negative: boolean): number {
  const text = negative ? NEGATIVE_INFINITY : INFINITY;
  target.set(text, position);
  return position + text.length;
}
