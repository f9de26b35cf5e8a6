const systemSchemas: ReadonlySet<string> = new Set(['pg_catalog', 'information_schema', 'pg_toast']);

/** Whether PostgreSQL's own objects are in the schema; of `public` there is only the name. */
export function isSystemSchema(name: string): boolean {
  return systemSchemas.has(name);
}
