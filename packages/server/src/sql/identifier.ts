/** An identifier's name: quotes taken off, or folded to lower case as PostgreSQL does. */
export function identifier(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : foldIdentifier(text);
}

/** In lower case, but for letters that are not ASCII: PostgreSQL leaves those as they are. */
export function foldIdentifier(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A name in double quotes, for messages and generated SQL. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
