import { sqlstate } from '@riffq/wire';
import { type DecimalNumber, formatDecimal, parseDecimal, scaledInteger } from '../text-values/decimal-text.js';
import { UnsendableValue } from '../unsendable-value.js';

/** What stands in the parentheses of `numeric(10,2)`. */
export interface NumericModifier {
  readonly precision: number;
  readonly scale: number;
}

/** Bytes of the header that the modifiers of numeric and of strings count (VARHDRSZ). */
export const HEADER_BYTES = 4;

/** As numerictypmodin packs them: the scale has 11 bits, two's complement. */
export function packNumericModifier({ precision, scale }: NumericModifier): number {
  return ((precision << 16) | (scale & 0x7ff)) + HEADER_BYTES;
}

/** What was packed; undefined for what is no modifier of numeric. */
export function numericModifier(typeModifier: number): NumericModifier | undefined {
  if (typeModifier < HEADER_BYTES) return undefined;
  const packed = typeModifier - HEADER_BYTES;
  return { precision: packed >> 16, scale: (packed << 21) >> 21 };
}

/**
 * Rounds half away from zero to the scale, as apply_typmod does.
 *
 * @throws UnsendableValue 22003 for a number of too many digits
 */
export function fitNumeric(number: DecimalNumber, modifier: NumericModifier): DecimalNumber {
  const { precision, scale } = modifier;
  const coefficient = scaledInteger(number, scale);
  const limit = 10n ** BigInt(precision);
  if (coefficient < limit && coefficient > -limit) return { coefficient, scale };
  const digits = precision - scale;
  throw overflow(modifier, `must round to an absolute value less than ${digits === 0 ? '1' : `10^${digits}`}.`);
}

/** The same of PostgreSQL's text of a number. */
export function fitNumericText(text: string, modifier: NumericModifier): string {
  const number = parseDecimal(text);
  if (number !== undefined) return formatDecimal(fitNumeric(number, modifier));
  if (/^\s*nan\s*$/i.test(text)) return 'NaN';
  if (/^\s*[+-]?inf(inity)?\s*$/i.test(text)) throw overflow(modifier, 'cannot hold an infinite value.');
  throw new UnsendableValue(
    sqlstate.invalid_text_representation,
    `invalid input syntax for type numeric: "${text}"`,
    "The column's strings must be numbers.",
  );
}

function overflow({ precision, scale }: NumericModifier, rule: string): UnsendableValue {
  return new UnsendableValue(
    sqlstate.numeric_value_out_of_range,
    'numeric field overflow',
    'Declare the column with more digits before the decimal point.',
    `A field with precision ${precision}, scale ${scale} ${rule}`,
  );
}
