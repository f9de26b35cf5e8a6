import { PgError, sqlstate } from '@riffq/wire';

/** A statement joins PostgreSQL's own tables with the user's, which live in two places. */
export function joinsCatalogWithTables(catalogTable: string, userTable: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `cannot query "${catalogTable}" of the system catalog and "${userTable}" in one statement`,
    hint: 'Query the system catalog and the tables in two statements.',
  });
}

/** A function that the catalog does not run for clients. */
export function permissionDenied(functionName: string): PgError {
  return new PgError({
    sqlstate: sqlstate.insufficient_privilege,
    message: `permission denied for function ${functionName}`,
  });
}

/** set_config in a catalog query must show what it sets, and may not change who the client is. */
export function unknownSetting(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'set_config() in a catalog query takes a constant name, other than role and session_authorization',
    hint: 'Use SET, or set_config() with a constant or a parameter as its first argument.',
  });
}
