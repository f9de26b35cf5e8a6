/** JSON as jsonb prints it: keys once and in its order, a space behind `:` and `,`, numbers as numeric writes them. */
import { PgError, sqlstate } from '@riffq/wire';
import { checkJson } from './json-syntax.js';

/** Digits that numeric has at most before and behind the point. */
const MOST_WHOLE_DIGITS = 131_072;
const MOST_DECIMALS = 16_383;
const MOST_EXPONENT = 2 ** 30;

/** Of JSON that is known to be valid; of a string its first quote. */
const TOKEN = /[ \t\n\r:,]*(?:([{}[\]])|(")|([^ \t\n\r"{}[\],:]+))/y;

/**
 * Puts JSON into the form that jsonb has it in.
 *
 * @throws PgError 22P02 for what is no JSON, 22P05 for text that PostgreSQL does not have, 22003 for a number that numeric does
 * not have
 */
export function canonicalJsonb(text: string): string {
  checkJson(text, { unescapes: true, number: printedNumber });
  return printed(text);
}

/** An object or array whose end has not come. */
interface Container {
  readonly isObject: boolean;
  /** The key whose value comes next, with its quotes. */
  key: string | undefined;
  /** Of objects: by key; of equal ones the last counts. */
  readonly members: Map<string, string>;
  readonly items: string[];
}

/** Without recursion: PostgreSQL takes JSON that is nested deeper than JavaScript's stack. */
function printed(text: string): string {
  const open: Container[] = [];
  for (TOKEN.lastIndex = 0; ; ) {
    const [, sign, quote, plain = ''] = TOKEN.exec(text) ?? [];
    if (sign === '{' || sign === '[') {
      open.push({ isObject: sign === '{', key: undefined, members: new Map(), items: [] });
      continue;
    }
    let value = plain;
    if (quote !== undefined) value = printedString(text, TOKEN.lastIndex - 1);
    else if (sign !== undefined) value = printedContainer(open.pop());
    else if (plain !== 'true' && plain !== 'false' && plain !== 'null') value = printedNumber(plain);
    const container = open.at(-1);
    if (container === undefined) return value;
    if (!container.isObject) container.items.push(value);
    else if (container.key === undefined) container.key = value;
    else {
      container.members.set(container.key, value);
      container.key = undefined;
    }
  }
}

/** Puts the token's end behind the string that begins at a quote. */
function printedString(text: string, start: number): string {
  let end = start;
  let first: number;
  // The quote that has no odd number of backslashes before it.
  do {
    end = text.indexOf('"', end + 1);
    for (first = end; text[first - 1] === '\\'; ) first -= 1;
  } while ((end - first) % 2 !== 0);
  TOKEN.lastIndex = end + 1;
  const source = text.slice(start, end + 1);
  return source.includes('\\') ? JSON.stringify(JSON.parse(source)) : source;
}

/** Keys are in order of their lengths in bytes, then of their bytes. */
function printedContainer(container: Container | undefined): string {
  if (!container?.isObject) return `[${container?.items.join(', ')}]`;
  const members = Array.from(container.members, ([key, value]) => ({ key, value, name: nameBytes(key) }));
  members.sort((one, other) => one.name.length - other.name.length || Buffer.compare(one.name, other.name));
  return `{${members.map(({ key, value }) => `${key}: ${value}`).join(', ')}}`;
}

/** What a key is without its quotes. */
function nameBytes(key: string): Buffer {
  return Buffer.from(key.includes('\\') ? String(JSON.parse(key)) : key.slice(1, -1));
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
