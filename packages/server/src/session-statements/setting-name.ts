import { identifier } from '../sql/identifier.js';
import type { Word } from '../sql/words.js';

/** A setting's name as SHOW and RESET spell it, TIME ZONE and SESSION AUTHORIZATION among them; undefined if it is none. */
export function settingName(words: readonly Word[]): string | undefined {
  const keywords = words.map((word) => word.keyword).join(' ');
  if (keywords === 'TIME ZONE') return 'TimeZone';
  if (keywords === 'SESSION AUTHORIZATION') return 'session_authorization';
  if (keywords === 'TRANSACTION ISOLATION LEVEL') return 'transaction_isolation';
  const named = words.every((word, at) => (at % 2 === 0 ? isName(word) : word.text === '.'));
  if (!named || words.length % 2 === 0) return undefined;
  return words.map((word) => (word.text === '.' ? '.' : identifier(word.text))).join('');
}

function isName(word: Word): boolean {
  return word.kind === 'word' || word.kind === 'quotedIdentifier';
}
