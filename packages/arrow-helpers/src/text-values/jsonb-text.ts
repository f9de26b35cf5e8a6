/** JSON as jsonb prints it: keys once and in its order, a space behind `:` and `,`, numbers as numeric writes them. */

import { parseNumeric } from '../type-functions/parse-numeric.js';
import { isCanonicalJsonb } from './canonical-jsonb.js';
import { checkJson } from './json-syntax.js';
import { writeJsonb } from './write-jsonb.js';

/** A number that numeric prints as it is written, whatever its digits. */
const PRINTED_NUMBER = /^(?:-?[1-9]\d{0,999}(?:\.\d{1,999})?|0(?:\.\d{1,999})?)$/;
/** What has more bytes than characters, or is written with escapes. */
const NOT_PLAIN = /[^ -~]|\\/;

/**
 * Puts JSON into the form that jsonb has it in.
 *
 * @throws PgError 22P02 for what is no JSON, 22P05 for text that PostgreSQL does not have, 22003 for a number that numeric does
 * not have
 */
export function canonicalJsonb(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  const written = jsonbBytes(bytes, 0, bytes.length);
  if (written !== undefined)
    return written.length === bytes.length && bytes.equals(written) ? text : written.toString();
  checkJson(text, { unescapes: true, number: parseNumeric });
  return printed(text);
}

/** The bytes of JSON in the form of jsonb, as `canonicalJsonb` has it; undefined for what has to be looked at more closely than bytes can be. */
export function jsonbBytes(bytes: Buffer, start: number, end: number): Buffer | undefined {
  if (isCanonicalJsonb(bytes, start, end)) return bytes.subarray(start, end);
  const target = Buffer.allocUnsafe(2 * (end - start));
  const written = writeJsonb(target, 0, bytes, start, end);
  return written < 0 ? undefined : target.subarray(0, written);
}

/** An object or array whose end has not come. */
interface Container {
  /** Of an object, with their quotes. */
  readonly keys: string[] | undefined;
  readonly values: string[];
}

/** Without recursion: PostgreSQL takes JSON that is nested deeper than JavaScript's stack. The text is known to be valid. */
function printed(text: string): string {
  const open: Container[] = [];
  let container: Container | undefined;
  for (let at = 0; ; ) {
    const character = text[at]!;
    let value: string;
    switch (character) {
      case ' ':
      case '\t':
      case '\n':
      case '\r':
      case ',':
      case ':':
        at += 1;
        continue;
      case '{':
      case '[':
        if (container !== undefined) open.push(container);
        container = { keys: character === '{' ? [] : undefined, values: [] };
        at += 1;
        continue;
      case '}':
      case ']':
        value = container === undefined ? '' : printedContainer(container);
        container = open.pop();
        at += 1;
        break;
      default: {
        const end = character === '"' ? endOfString(text, at) : endOfScalar(text, at);
        const source = text.slice(at, end);
        value = character === '"' ? printedString(source) : printedScalar(source);
        at = end;
      }
    }
    if (container === undefined) return value;
    const { keys, values } = container;
    if (keys === undefined || keys.length > values.length) values.push(value);
    else keys.push(value);
  }
}

/** Behind the quote that has no odd number of backslashes before it. */
function endOfString(text: string, start: number): number {
  let end = start;
  let first: number;
  do {
    end = text.indexOf('"', end + 1);
    for (first = end; text[first - 1] === '\\'; ) first -= 1;
  } while ((end - first) % 2 !== 0);
  return end + 1;
}

function endOfScalar(text: string, start: number): number {
  let end = start;
  // Letters, digits and signs of numbers, among which no separator is.
  while (end < text.length && !',]} \t\n\r'.includes(text[end]!)) end += 1;
  return end;
}

function printedString(source: string): string {
  return source.includes('\\') ? JSON.stringify(JSON.parse(source)) : source;
}

function printedScalar(source: string): string {
  const isWord = source === 'true' || source === 'false' || source === 'null';
  return isWord || PRINTED_NUMBER.test(source) ? source : parseNumeric(source);
}

/** Keys are in order, and of equal ones the last counts. */
function printedContainer({ keys, values }: Container): string {
  if (keys === undefined) return `[${values.join(', ')}]`;
  const isOrdered = keys.every((key, at) => at === 0 || compareKeys(keys[at - 1]!, key) < 0);
  if (isOrdered) return `{${keys.map((key, at) => `${key}: ${values[at]}`).join(', ')}}`;
  const members = [...new Map(keys.map((key, at) => [key, values[at]] as const))];
  members.sort(([one], [other]) => compareKeys(one, other));
  return `{${members.map(([key, value]) => `${key}: ${value}`).join(', ')}}`;
}

/** By their lengths in bytes, then by their bytes, without quotes and escapes. */
function compareKeys(one: string, other: string): number {
  if (!NOT_PLAIN.test(one) && !NOT_PLAIN.test(other)) {
    return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
  }
  const [first, second] = [nameBytes(one), nameBytes(other)];
  return first.length - second.length || Buffer.compare(first, second);
}

function nameBytes(key: string): Buffer {
  return Buffer.from(String(JSON.parse(key)));
}
