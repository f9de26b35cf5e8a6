import { isSystemSchema } from '../is-system-schema.js';
import type { WrittenName } from './ast.js';
import { catalogRelations } from './catalog-relations.js';

/** What names mean in a session: where they are looked for, and what the user's schemas have. */
export interface NameContext {
  /** The session's search_path, `"$user"` put in already. */
  readonly searchPath: readonly string[];
  /** Whether the user has this table or view in the schema, which may be one of PostgreSQL's. */
  readonly relationExists: (schema: string, name: string) => boolean | PromiseLike<boolean>;
}

/**
 * Whether a name in FROM is one of PostgreSQL's own tables. Without a schema it is looked for along the search path, where
 * pg_catalog comes first unless it is listed: a user's table can hide one of PostgreSQL's only from a schema before that, or
 * by being in its place.
 */
export async function isCatalogRelation({ schema, name }: WrittenName, context: NameContext): Promise<boolean> {
  if (schema !== undefined) return isSystemSchema(schema) && !(await context.relationExists(schema, name));
  for (const candidate of lookupPath(context)) {
    const builtIn = catalogRelations.get(candidate);
    if (builtIn?.has(name)) return !(await context.relationExists(candidate, name));
    // Most names are no catalog's: then the path has nothing to decide.
    if (builtIn === undefined && isBuiltIn(name) && (await context.relationExists(candidate, name))) return false;
  }
  return false;
}

/** Whether a name of a type is the row type of a user's table. */
export async function isRowType({ schema, name }: WrittenName, context: NameContext): Promise<boolean> {
  for (const candidate of schema === undefined ? lookupPath(context) : [schema]) {
    if (!isSystemSchema(candidate) && (await context.relationExists(candidate, name))) return true;
  }
  return false;
}

function lookupPath({ searchPath }: NameContext): readonly string[] {
  return searchPath.includes('pg_catalog') ? searchPath : ['pg_catalog', ...searchPath];
}

function isBuiltIn(name: string): boolean {
  return [...catalogRelations.values()].some((names) => names.has(name));
}
