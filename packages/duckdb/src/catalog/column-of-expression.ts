const identifier = '"(?:[^"]|"")+"|[\\p{L}_][\\p{L}\\d_$]*';
/** `id`, `"a b"`, and, where it is written in another case, `(orders.ID)`. */
const columnReference = new RegExp(
  `^(?:(${identifier})|\\(\\s*(${identifier})\\s*\\.\\s*(${identifier})\\s*\\))$`,
  'u',
);

/** The column that an expression of an index of a table is; undefined for a real expression. */
export function columnOfExpression(expression: string, table: string): string | undefined {
  const [, column, qualifier, qualified] = columnReference.exec(expression) ?? [];
  if (column !== undefined) return unquoted(column);
  if (qualifier === undefined || qualified === undefined) return undefined;
  // Behind any other name it is a field of a struct.
  return unquoted(qualifier).toLowerCase() === table.toLowerCase() ? unquoted(qualified) : undefined;
}

function unquoted(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
}
