import { identifier } from '../sql/identifier.js';
import { wordsOf } from '../sql/words.js';

/** The schemas of a `search_path` as SHOW gives it, with the user's own in the place of `"$user"`. */
export function searchPathOf(setting: string, user: string): readonly string[] {
  return wordsOf(setting)
    .filter(({ text }) => text !== ',')
    .map(({ text }) => identifier(text))
    .map((name) => (name === '$user' ? user : name));
}
