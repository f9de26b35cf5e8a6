/** Numbers as digits, without the limits of floats. */

/** `coefficient * 10 ^ -scale`. */
export interface DecimalNumber {
  readonly coefficient: bigint;
  readonly scale: number;
}

/** More digits than numeric has: larger exponents are not worth making the digits of. */
const MAXIMUM_EXPONENT = 150_000;

const INTEGER = /^(\s*[+-]?)(0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+)\s*$/i;

/** What SQL writes as `1_000` or `0x1F`, in decimal digits alone; all else as it is. */
export function decimalDigits(text: string): string {
  const [, sign = '', integer] = INTEGER.exec(text) ?? [];
  if (integer !== undefined) return `${sign}${BigInt(integer.replaceAll('_', ''))}`;
  return text.replace(/(?<=\d)_(?=\d)/g, '');
}

/** Reads `-12.50`, `.5`, `1e-7`; undefined for what is no finite number. Beyond all that PostgreSQL has, a number may be another such. */
export function parseDecimal(text: string): DecimalNumber | undefined {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?\s*$/i.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const shift = Math.max(-MAXIMUM_EXPONENT, Math.min(MAXIMUM_EXPONENT, Number(exponent)));
  const digits = BigInt(`${whole}${fraction}`);
  return { coefficient: sign === '-' ? -digits : digits, scale: fraction.length - shift };
}

/** The number times `10 ^ scale`, rounded half away from zero as PostgreSQL rounds numeric. */
export function scaledInteger({ coefficient, scale }: DecimalNumber, wanted: number): bigint {
  const shift = wanted - scale;
  if (shift >= 0) return coefficient === 0n ? 0n : coefficient * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  const magnitude = coefficient < 0n ? -coefficient : coefficient;
  const rounded = (magnitude + divisor / 2n) / divisor;
  return coefficient < 0n ? -rounded : rounded;
}

/** The number as PostgreSQL prints it: all its digits, no exponent. */
export function formatDecimal({ coefficient, scale }: DecimalNumber): string {
  if (scale <= 0) return String(coefficient * 10n ** BigInt(-scale));
  const negative = coefficient < 0n;
  const digits = String(negative ? -coefficient : coefficient).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
