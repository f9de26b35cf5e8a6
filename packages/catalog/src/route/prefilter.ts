import { isReadable } from './read-statement.js';

/** What can only be a read that the parser would have to look at; a comment may hide any first word. */
const firstWord = /^[\s(;]*(?:select|with|values|table|explain|--|\/\*)/i;

/**
 * What a catalog query has somewhere in it: a name of PostgreSQL's own, a function or word that tells of the session, a cast to
 * an object's name (`'t'::regclass`), or a NULL of a row type, by which drivers ask for the type's columns.
 */
const catalogWord = new RegExp(
  [
    'pg_|information_schema|to_reg|inet_|txid_|format_type|version|_description|_privilege|set_config|row_security_active',
    'current_(?:user|role|schema|catalog|database|setting)|(?:session|system)_user|\\buser\\b|getdatabaseencoding|acl',
    '\\breg(?:class|type|proc|role|oper|namespace|collation|config|dictionary|database)|\\bnull\\s*::|\\bnull\\s+as\\b',
  ].join('|'),
  'i',
);

/**
 * Whether a statement is worth parsing: false for most of what a program is asked, at the cost of one look over the text.
 * A statement that this lets pass by goes to the handler, never to the engine. With `information_schema` in its search
 * path a client may ask for its views by names that tell nothing (`columns`).
 */
export function mayBeCatalogQuery(sql: string, searchPath = ''): boolean {
  if (!firstWord.test(sql) || !isReadable(sql)) return false;
  return catalogWord.test(sql) || searchPath.includes('information_schema');
}
