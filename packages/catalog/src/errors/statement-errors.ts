import { PgError, sqlstate } from '@riffq/wire';

/** The source has content for a database that it does not list. */
export function databaseNotListed(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_catalog_name,
    message: `database "${name}" does not exist`,
    detail: 'The source does not list it among its databases.',
  });
}

/** A statement that is no reading of the catalog came to the engine. */
export function notAReadingStatement(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'the catalog can only be read',
    hint: 'Use SELECT, WITH, VALUES, TABLE, SHOW or EXPLAIN of these, in which no part writes, makes a table or locks rows.',
  });
}

/** A text is no SQL; in the parser's own words. */
export function syntaxError(message: string, position: number): PgError {
  return new PgError({ sqlstate: sqlstate.syntax_error, message, ...(position > 0 && { position }) });
}

/** A text has several statements, where PostgreSQL takes one. */
export function severalStatements(): PgError {
  return new PgError({
    sqlstate: sqlstate.syntax_error,
    message: 'cannot insert multiple commands into a prepared statement',
  });
}

/** A statement is more than the parser is let do. */
export function statementTooComplex(): PgError {
  return new PgError({
    sqlstate: sqlstate.statement_too_complex,
    message: 'statement is too complex for the catalog',
    hint: 'Ask for less at once, and for what is nested less deeply.',
  });
}

/** A statement joins PostgreSQL's own tables with the user's, which live in two places. */
export function joinsCatalogWithTables(catalogTable: string, userTable: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `cannot query "${catalogTable}" of the system catalog and "${userTable}" in one statement`,
    hint: 'Query the system catalog and the tables in two statements.',
  });
}

/** A statement reads rows of the user's tables, which are where the program has them. */
export function tableWithoutRows(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'the catalog has no rows of the tables that it describes',
    hint: 'Query the tables where they are, and here pg_catalog and information_schema.',
  });
}

/** A function that the catalog does not run for clients. */
export function permissionDenied(functionName: string): PgError {
  return new PgError({
    sqlstate: sqlstate.insufficient_privilege,
    message: `permission denied for function ${functionName}`,
  });
}

/** A client asks for a database that the source does not have. */
export function unknownDatabase(name: string, available: readonly string[]): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.invalid_catalog_name,
    message: `database "${name}" does not exist`,
    hint: `available databases: ${available.join(', ')}`,
  });
}
