import { PgError, sqlstate } from '@riffq/wire';

/** 55006: without the database that connections start in no other client could do anything. */
export function firstDatabase(database: string): PgError {
  return new PgError({
    sqlstate: sqlstate.object_in_use,
    message: `cannot detach database "${database}", in which all connections start`,
    hint: 'Detach databases that were attached.',
  });
}

/** 55006: a database that a session is in. */
export function databaseInUse(database: string): PgError {
  return new PgError({
    sqlstate: sqlstate.object_in_use,
    message: `database "${database}" is being accessed by a session`,
    hint: 'Try again when all sessions use another database, and none is about to change to this one.',
  });
}

/** 0A000: a statement that would take a database away from other sessions by its name. */
export function changesSharedDatabase(what: string, hint: string): PgError {
  return new PgError({ sqlstate: sqlstate.feature_not_supported, message: `${what} is not supported here`, hint });
}
