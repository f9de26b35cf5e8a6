import { sqlTokens } from '../statement/sql-token.js';

/** The query of a `CREATE VIEW name (columns) AS query`: names that would be a word are in quotes there. */
export function viewQuery(sql: string): string | null {
  for (const { kind, text, start } of sqlTokens(sql)) {
    if (kind === 'word' && text.toUpperCase() === 'AS') return sql.slice(start + text.length).trim();
  }
  return null;
}
