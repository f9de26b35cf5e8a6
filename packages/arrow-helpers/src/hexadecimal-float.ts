/** A binary floating point format of IEEE 754. */
export interface FloatFormat {
  /** Bits of the significand. */
  readonly precision: number;
  /** Of the least power of two that it holds. */
  readonly leastExponent: number;
}

/** PostgreSQL's float8. */
export const doubleFormat: FloatFormat = { precision: 53, leastExponent: -1074 };

/** PostgreSQL's float4. */
export const singleFormat: FloatFormat = { precision: 24, leastExponent: -149 };

/** A number in a text. */
export interface FloatLiteral {
  /** Where it ends. */
  readonly end: number;
  /** The nearest of the format; infinite if that has none so large. */
  readonly value: number;
  /** Whether zero is written, and not only what is nearest. */
  readonly isZero: boolean;
}

const pattern = /([+-]?)0x(?:([0-9a-f]+)(?:\.([0-9a-f]*))?|\.([0-9a-f]+))(?:p([+-]?\d+))?/iy;

/** Beyond this every number is zero or infinite, however many digits it has. */
const greatestExponent = 2 ** 40;

/**
 * Reads `0x1F`, `-0x.8` or `0x1.8p-3` at `start`, which C's `strtod`, and so PostgreSQL, takes for a float; undefined for all
 * else.
 */
export function readHexadecimalFloat(text: string, start: number, format: FloatFormat): FloatLiteral | undefined {
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [literal, sign, whole = '', behindPoint = '', onlyFraction = '', power = '0'] = match;
  const fraction = behindPoint + onlyFraction;
  const significand = BigInt(`0x${whole}${fraction}`);
  const exponent = Math.max(-greatestExponent, Math.min(Number(power), greatestExponent)) - 4 * fraction.length;
  const magnitude = nearest(significand, exponent, format);
  return { end: start + literal.length, value: sign === '-' ? -magnitude : magnitude, isZero: significand === 0n };
}

/** The number nearest to `significand` times two to the power of `exponent`; of two, the even one. */
function nearest(significand: bigint, exponent: number, { precision, leastExponent }: FloatFormat): number {
  if (significand === 0n) return 0;
  const bits = significand.toString(2).length;
  const kept = Math.max(exponent + bits - precision, leastExponent);
  const dropped = kept - exponent;
  if (dropped > bits + 1) return 0;
  if (dropped <= 0) return inFormat(significand << BigInt(-dropped), kept, precision);
  const withHalf = significand >> BigInt(dropped - 1);
  const down = withHalf >> 1n;
  const isHalf = withHalf << BigInt(dropped - 1) === significand;
  const up = (withHalf & 1n) === 1n && (!isHalf || (down & 1n) === 1n);
  return inFormat(up ? down + 1n : down, kept, precision);
}

function inFormat(significand: bigint, exponent: number, precision: number): number {
  const value = Number(significand) * 2 ** exponent;
  return precision === singleFormat.precision ? Math.fround(value) : value;
}
