/** An identifier's name: quotes taken off, or folded to lower case as PostgreSQL does. */
export function identifier(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text.toLowerCase();
}

/** A name in double quotes, for messages and generated SQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
