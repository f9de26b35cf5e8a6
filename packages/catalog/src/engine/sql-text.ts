/** The text as an identifier of SQL. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The text as a string constant of SQL; standard_conforming_strings is on, so a backslash is one. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
