import type { WordReader } from '../sql/word-reader.js';

/** What CLOSE and DEALLOCATE are about. */
export type NameOrAll = 'ALL' | { readonly identifier: string };

/** Takes a name or ALL, as a statement's last word; undefined if something else is there. */
export function takeNameOrAll(words: WordReader): NameOrAll | undefined {
  if (words.rest.length !== 1) return undefined;
  if (words.take('ALL')) return 'ALL';
  const name = words.takeShortName();
  return name === undefined ? undefined : { identifier: name };
}
