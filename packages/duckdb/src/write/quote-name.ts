/** A name as an identifier of SQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A name with its schema and database, as far as they are given. */
export function quoteQualifiedName(names: readonly string[]): string {
  return names.map(quoteName).join('.');
}

/** A text as a literal of SQL. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
