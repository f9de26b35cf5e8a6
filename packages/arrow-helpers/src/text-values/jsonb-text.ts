/** JSON as jsonb prints it: keys once and in its order, a space behind `:` and `,`, numbers as numeric writes them. */
import { PgError, sqlstate } from '@riffq/wire';
import { type JsonValue, parseJson } from './json-value.js';

/** Digits that numeric has at most before and behind the point. */
const MOST_WHOLE_DIGITS = 131_072;
const MOST_DECIMALS = 16_383;
const MOST_EXPONENT = 2 ** 30;

/**
 * Puts JSON into the form that jsonb has it in.
 *
 * @throws PgError 22P02 for what is no JSON, 22P05 for text that PostgreSQL does not have, 22003 for a number that numeric does
 * not have, 54001 for more than 1000 levels
 */
export function canonicalJsonb(text: string): string {
  return printed(parseJson(text));
}

function printed(value: JsonValue): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'array':
      return `[${value.items.map(printed).join(', ')}]`;
    case 'object':
      return printedObject(value.members);
    default:
      return printedScalar(value.source, value.text);
  }
}

/** Keys are in order of their lengths in bytes, then of their bytes; of equal ones the last counts. */
function printedObject(members: readonly { readonly name: string; readonly value: JsonValue }[]): string {
  const last = new Map(members.map(({ name, value }) => [name, value]));
  const keys = [...last].map(([name, value]) => ({ name, value, bytes: Buffer.from(name) }));
  keys.sort((one, other) => one.bytes.length - other.bytes.length || Buffer.compare(one.bytes, other.bytes));
  return `{${keys.map(({ name, value }) => `${JSON.stringify(name)}: ${printed(value)}`).join(', ')}}`;
}

function printedScalar(source: string, text: string): string {
  if (source.startsWith('"')) return JSON.stringify(text);
  return text === 'true' || text === 'false' ? text : printedNumber(text);
}

/** A number with all its digits and without an exponent. */
function printedNumber(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', decimals = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + decimals;
  const shift = Number(exponent);
  const isZero = /^0*$/.test(digits);
  const scale = Math.max(0, decimals.length - shift);
  const leading = isZero ? 0 : whole.length + shift - /^0*/.exec(digits)![0].length;
  if (leading > MOST_WHOLE_DIGITS || scale > MOST_DECIMALS || Math.abs(shift) >= MOST_EXPONENT) {
    throw new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message: 'value overflows numeric format' });
  }
  if (isZero) return scale === 0 ? '0' : `0.${'0'.repeat(scale)}`;
  const shown = digits.padEnd(whole.length + shift, '0').replace(/^0+/, '');
  const padded = shown.padStart(scale + 1, '0');
  const point = padded.length - scale;
  const sign = text.startsWith('-') ? '-' : '';
  return scale === 0 ? sign + padded : `${sign}${padded.slice(0, point)}.${padded.slice(point)}`;
}
