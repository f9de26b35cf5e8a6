import { type NameContext, routeStatement } from '../../src/index.js';

/** Where a session looks for names, with these tables of the user (`schema.name`). */
export function names(tables: readonly string[] = [], searchPath: readonly string[] = ['public']): NameContext {
  return { searchPath, relationExists: (schema, name) => tables.includes(`${schema}.${name}`) };
}

/** Who answers a statement, in one word; an error as SQLSTATE and message. */
export async function routeOf(sql: string, context: NameContext = names()): Promise<string> {
  const route = await routeStatement(sql, context);
  return route.kind === 'refused' ? `${route.error.sqlstate} ${route.error.message}` : route.kind;
}
