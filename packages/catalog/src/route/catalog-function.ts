import type { WrittenName } from './ast.js';

/** Functions that tell of PostgreSQL, the session or an object, besides those whose name begins with `pg_` or `has_`. */
const named: ReadonlySet<string> = new Set([
  ...['version', 'current_database', 'current_schema', 'current_schemas', 'current_setting', 'set_config'],
  ...['obj_description', 'col_description', 'shobj_description', 'format_type', 'row_security_active'],
  ...['acldefault', 'aclexplode', 'makeaclitem', 'getdatabaseencoding'],
]);

const prefixed = /^(?:pg_|has_|to_reg|inet_|txid_)/;

/** These do something that only a program's own data can make sense of, and would keep the engine busy. */
const handlersOwn = /^pg_sleep/;

/**
 * Functions that run a text as SQL, or a table's name as a query: what they would do, the parser cannot see.
 */
const runText = /^(?:query|table|schema|database|cursor)_to_xml|^ts_(?:stat|rewrite)$/;

/** Whether a call of it makes a statement without tables the catalog's. */
export function isCatalogFunction({ schema, name }: WrittenName): boolean {
  if (handlersOwn.test(name)) return false;
  if (schema === undefined) return named.has(name) || prefixed.test(name);
  return schema === 'pg_catalog' || schema === 'information_schema';
}

/** Whether the engine must not be asked for it, whatever else the statement is. */
export function runsTextAsSql({ schema, name }: WrittenName): boolean {
  return (schema === undefined || schema === 'pg_catalog') && runText.test(name);
}
