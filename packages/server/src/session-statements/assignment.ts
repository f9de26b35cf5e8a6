import { WordReader } from '../sql/word-reader.js';
import type { Word } from '../sql/words.js';
import { settingArgument } from './setting-argument.js';
import { timeZoneInterval } from './time-zone-interval.js';

/** What a SET says: a name and its values, several for a list. */
export interface Assignment {
  readonly name: string;
  readonly values: readonly string[] | 'default';
}

/** Spellings of SET that name their setting by keywords. */
const spelled: readonly (readonly [keywords: readonly string[], name: string])[] = [
  [['TIME', 'ZONE'], 'TimeZone'],
  [['NAMES'], 'client_encoding'],
  [['ROLE'], 'role'],
  [['SCHEMA'], 'search_path'],
  [['XML', 'OPTION'], 'xmloption'],
];

/**
 * Parses `name = value, ...` and its other spellings, or the values alone of a setting that is known; undefined when it is
 * nothing of the kind.
 */
export function parseAssignment(words: readonly Word[], known?: string): Assignment | undefined {
  if (known !== undefined) return assign(known, words);
  const special = spelled.find(([keywords]) => keywords.every((keyword, at) => words[at]?.keyword === keyword));
  const first = words[special?.[0].length ?? 0];
  if (special !== undefined && !isEquals(first)) return assign(special[1], words.slice(special[0].length));
  const equals = words.findIndex(isEquals);
  if (equals < 1) return undefined;
  const reader = new WordReader(words.slice(0, equals));
  const name = reader.takeQualifiedName()?.join('.');
  return name === undefined || !reader.done ? undefined : assign(name, words.slice(equals + 1));
}

const isEquals = (word: Word | undefined): boolean => word?.text === '=' || word?.keyword === 'TO';

function assign(name: string, words: readonly Word[]): Assignment | undefined {
  // SET NAMES alone.
  if (words.length === 0) return name === 'client_encoding' ? { name, values: 'default' } : undefined;
  const only = words.length === 1 ? words[0]?.keyword : '';
  if (only === 'DEFAULT' || (only === 'LOCAL' && name === 'TimeZone')) return { name, values: 'default' };
  const offset = name === 'TimeZone' ? timeZoneInterval(words) : undefined;
  if (offset !== undefined) return { name, values: [offset] };
  const values = argumentsIn(words).map((argument) => settingArgument(name, argument));
  return values.every((value) => value !== undefined) ? { name, values } : undefined;
}

/** What stands between the commas. */
function argumentsIn(words: readonly Word[]): readonly (readonly Word[])[] {
  const found: Word[][] = [[]];
  for (const word of words) {
    if (word.text === ',' && word.kind === 'symbol') found.push([]);
    else found.at(-1)?.push(word);
  }
  return found;
}
