/** money in the C locale: https://www.postgresql.org/docs/18/datatype-money.html */
import { sqlstate } from '@riffq/wire';
import { UnsendableValue } from '../unsendable-value.js';

/** Signs and a currency, digits with commas anywhere between them, and what else may stand behind. */
const MONEY = /^\s*\$?\s*([-(+]?)\s*\$?\s*([\d,]*)(?:\.((?:,*\d){0,2},*)(\d*))?([\s)+$-]*)$/;

/**
 * Reads `$12.30`, `-1,234.5`, `($5)`; cents are rounded. Undefined for what is none.
 *
 * @throws UnsendableValue 22003 for too much
 */
export function readMoney(text: string): bigint | undefined {
  const cents = parseMoney(text);
  if (cents === undefined || BigInt.asIntN(64, cents) === cents) return cents;
  throw new UnsendableValue(
    sqlstate.numeric_value_out_of_range,
    `value "${text}" is out of range for type money`,
    'Declare the column as numeric.',
  );
}

/** The same, and be it more than money holds. */
export function parseMoney(text: string): bigint | undefined {
  const match = MONEY.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', beyond = '', rest = ''] = match;
  const magnitude = BigInt(`0${whole.replaceAll(',', '')}${fraction.replaceAll(',', '').padEnd(2, '0')}`);
  const rounded = magnitude + (beyond >= '5' ? 1n : 0n);
  return sign === '-' || sign === '(' || rest.includes('-') ? -rounded : rounded;
}

/** `-$1,234.56`, of cents. */
export function formatMoney(cents: bigint): string {
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  const units = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${cents < 0n ? '-' : ''}$${units}.${digits.slice(-2)}`;
}
