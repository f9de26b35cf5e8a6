import { PgError, sqlstate } from '@riffq/wire';
import { invalidItem } from './jsonpath-error.js';

/** In the order in which they are printed. */
const knownFlags = 'ismxq';

/** What stands behind `like_regex`, as it is printed. */
export function likeRegexConditions(pattern: string, flags: string): string {
  for (const flag of flags) {
    if (!knownFlags.includes(flag)) {
      throw invalidItem(sqlstate.syntax_error, `Unrecognized flag character "${flag}" in LIKE_REGEX predicate.`);
    }
  }
  if (flags.includes('x') && !flags.includes('q')) {
    throw new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: 'XQuery "x" flag (expanded regular expressions) is not implemented',
    });
  }
  const printed = [...knownFlags].filter((flag) => flags.includes(flag)).join('');
  return JSON.stringify(pattern) + (printed === '' ? '' : ` flag "${printed}"`);
}
