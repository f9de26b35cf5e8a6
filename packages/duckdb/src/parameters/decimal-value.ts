import { DuckDBDecimalValue } from '@duckdb/node-api';

const maxDigits = 38;

/**
 * The digits of a numeric literal as a DECIMAL that holds exactly these: DuckDB would round '1.239' for a DECIMAL(10,2)
 * column before comparing with it.
 *
 * @returns undefined when the text is no number, 'outOfRange' when it has more digits than a DECIMAL
 */
export function decimalValue(text: string): DuckDBDecimalValue | 'outOfRange' | undefined {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?\s*$/.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const shifted = fraction.length - Number(exponent);
  const scale = Math.max(0, shifted);
  // Zeros before the value count for nothing, but those behind the point are part of its scale.
  const digits = (whole + fraction).replace(/^0+/, '');
  const width = digits === '' ? scale : Math.max(digits.length + Math.max(0, -shifted), scale);
  if (width > maxDigits) return 'outOfRange';
  const magnitude = BigInt(digits) * 10n ** BigInt(Math.max(0, -shifted));
  return new DuckDBDecimalValue(sign === '-' ? -magnitude : magnitude, Math.max(1, width), scale);
}
