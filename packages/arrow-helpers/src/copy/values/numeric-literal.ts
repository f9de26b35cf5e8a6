import { PgError, sqlstate } from '@riffq/wire';
import { invalidInput } from '../../type-functions/input-error.js';

const BASED = /^[ \t-\r]*([+-]?)(0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+)[ \t-\r]*$/;
const DECIMAL = /^[ \t-\r]*([+-]?)(\d(?:_?\d)*)?(?:\.(\d(?:_?\d)*)?)?(?:[eE]([+-]?\d(?:_?\d)*))?[ \t-\r]*$/;
const NOT_FINITE = /^[ \t-\r]*(?:nan|[+-]?inf(?:inity)?)[ \t-\r]*$/i;

/** numeric_in does not count with larger ones. */
const MAXIMUM_EXPONENT = 0x3fff_ffff;

/** `digits x 10^exponent`. */
export interface NumericLiteral {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/**
 * Reads the text of a numeric that will be rounded to a modifier. Only then PostgreSQL looks whether it has such a number: one
 * without a modifier is read by `parseNumeric`, which has narrower limits.
 *
 * @returns undefined for NaN and infinities
 * @throws PgError 22P02, 22003
 */
export function readNumericLiteral(text: string): NumericLiteral | undefined {
  const based = BASED.exec(text);
  if (based !== null) return { negative: based[1] === '-', digits: String(BigInt(plain(based[2]))), exponent: 0 };
  const [, sign, whole, fraction, exponent = '0'] = DECIMAL.exec(text) ?? [];
  const digits = plain(whole) + plain(fraction);
  if (digits === '') {
    if (NOT_FINITE.test(text)) return undefined;
    throw invalidInput('numeric', text);
  }
  const shift = Number(plain(exponent));
  if (Math.abs(shift) > MAXIMUM_EXPONENT) {
    const message = 'value overflows numeric format';
    throw new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message });
  }
  return { negative: sign === '-', digits, exponent: shift - plain(fraction).length };
}

/** Digits without the underscores that may be between them. */
function plain(digits = ''): string {
  return digits.replaceAll('_', '');
}
