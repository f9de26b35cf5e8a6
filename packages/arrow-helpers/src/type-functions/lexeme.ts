import { PgError, sqlstate } from '@riffq/wire';

/** Of text search. */
export const mostLexemeBytes = 2047;

/** A lexeme as it stands in tsvector and tsquery. */
export function quoteLexeme(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, '$&$&')}'`;
}

/** XX000: what PostgreSQL says of text search's binary forms is for developers. */
export function malformed(message: string): PgError {
  return new PgError({ sqlstate: sqlstate.internal_error, message });
}
