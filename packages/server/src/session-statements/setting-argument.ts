import { settingDefinition } from '../settings/setting-definition.js';
import { identifier, quoteIdentifier } from '../sql/identifier.js';
import { isReserved, needsQuotes } from '../sql/keywords.js';
import { stringValue, type Word } from '../sql/words.js';

const greatestInteger = 2_147_483_647;
const integer = /^(?:0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|\d(?:_?\d)*)$/i;
const decimal = /^(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:e[-+]?\d(?:_?\d)*)?$/i;
/** Words that are reserved, and values all the same. */
const truths = new Set(['TRUE', 'FALSE', 'ON']);
const unicodeEscape = /\\(?:(\\)|([\da-f]{4})|\+([\da-f]{6}))/gi;

/** What one argument of SET stands for, as PostgreSQL's grammar takes it; undefined for what it does not. */
export function settingArgument(name: string, words: readonly Word[]): string | undefined {
  const text = textArgument(words);
  if (text === undefined) return numberArgument(words);
  // A list of names keeps their quotes; everything else is plain text.
  return settingDefinition(name)?.list === 'names' && needsQuotes(text) ? quoteIdentifier(text) : text;
}

function textArgument(words: readonly Word[]): string | undefined {
  const [word, ...more] = words;
  const written = writtenAsOne(words);
  if (word === undefined || written === undefined) return undefined;
  if (/^u&'/i.test(written) && words.length === 3) return unicodeString(written);
  if (more.length > 0) return undefined;
  if (word.kind === 'string') return /^['$e]/i.test(word.text) ? stringValue(word.text) : undefined;
  if (word.kind === 'quotedIdentifier') return identifier(word.text) || undefined;
  if (word.kind !== 'word' || (isReserved(word.keyword) && !truths.has(word.keyword))) return undefined;
  return identifier(word.text);
}

/** Integers are written anew, all else stays as it is. */
function numberArgument(words: readonly Word[]): string | undefined {
  const isSigned = words[0]?.text === '-' || words[0]?.text === '+';
  const sign = words[0]?.text === '-' ? '-' : '';
  const digits = writtenAsOne(isSigned ? words.slice(1) : words);
  if (digits === undefined) return undefined;
  if (!integer.test(digits)) return decimal.test(digits) ? sign + digits : undefined;
  const plain = digits.replaceAll('_', '');
  const value = Number(/^\d+$/.test(plain) ? BigInt(plain) : plain);
  if (value > greatestInteger) return sign + digits;
  return value === 0 ? '0' : `${sign}${value}`;
}

/** Words that stand without a space between them, as they are written. */
function writtenAsOne(words: readonly Word[]): string | undefined {
  const isWhole = words.every(({ start }, at) => at === 0 || words[at - 1]?.end === start);
  return isWhole && words.length > 0 ? words.map(({ text }) => text).join('') : undefined;
}

/** U&'..' with the usual escape character. */
function unicodeString(written: string): string {
  return stringValue(written.slice(2)).replace(unicodeEscape, (_, backslash, four, six) =>
    backslash === undefined ? String.fromCodePoint(Number.parseInt(four ?? six, 16)) : '\\',
  );
}
