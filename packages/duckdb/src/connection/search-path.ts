import { sqlTokens } from '../statement/sql-token.js';
import { quoteQualifiedName, quoteText } from '../write/quote-name.js';
import type { NativeConnection } from './native-connection.js';

/** Where DuckDB looks for what is named without a schema. */
export const firstSchema = 'main';

/**
 * Has DuckDB look where a `search_path` of PostgreSQL says. Schemas that are not there are passed over, as in PostgreSQL;
 * where none is left DuckDB has to look somewhere.
 */
export async function followSearchPath(
  connection: NativeConnection,
  { setting, user }: { readonly setting: string; readonly user: string },
  signal: AbortSignal,
): Promise<void> {
  const sql = 'SELECT database_name, schema_name FROM duckdb_schemas() WHERE database_name = current_database()';
  const reader = await connection.call((native) => native.runAndReadAll(sql), { signal });
  const schemas = reader.getRows().map((row) => row.map(String));
  const [[database = ''] = []] = schemas;
  const known = new Set(schemas.map(([, schema = '']) => schema.toLowerCase()));
  const wanted = schemaNames(setting).map((name) => (name === '$user' ? user : name));
  const there = wanted.filter((name) => known.has(name.toLowerCase()));
  const path = (there.length === 0 ? [firstSchema] : there).map((name) => quoteQualifiedName([database, name]));
  await connection.call((native) => native.run(`SET search_path = ${quoteText(path.join())}`), { signal });
}

/** The names in a list as SHOW gives it. */
function schemaNames(setting: string): readonly string[] {
  return [...sqlTokens(setting)].map(({ kind, text }) =>
    kind === 'quotedName' ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase(),
  );
}
