import { identifierList } from '../settings/identifier-list.js';

/** The schemas of a `search_path` as SHOW gives it, with the user's own in the place of `"$user"`. */
export function searchPathOf(setting: string, user: string): readonly string[] {
  return (identifierList(setting) ?? []).map((name) => (name === '$user' ? user : name));
}
