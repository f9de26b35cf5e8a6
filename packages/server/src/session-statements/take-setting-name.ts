import type { WordReader } from '../sql/word-reader.js';

/** Spellings that name their setting by keywords. */
const spelled: readonly (readonly [keywords: readonly string[], name: string])[] = [
  [['TIME', 'ZONE'], 'TimeZone'],
  [['SESSION', 'AUTHORIZATION'], 'session_authorization'],
  [['TRANSACTION', 'ISOLATION', 'LEVEL'], 'transaction_isolation'],
];

/** Takes a setting's name as SHOW and RESET spell it, to the end of the statement; undefined if something else is there. */
export function takeSettingName(words: WordReader): string | undefined {
  const name = spelled.find(([keywords]) => words.take(...keywords))?.[1] ?? words.takeQualifiedName()?.join('.');
  return words.done ? name : undefined;
}
