import { PgError, sqlstate } from '@riffq/wire';

/** A statement ran longer than the watchdog allows. */
export function statementOverran(milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: 'canceling statement due to statement timeout',
    detail: `A catalog query may run for ${milliseconds} ms.`,
    hint: 'Ask for less at once, or have the limit of the catalog raised.',
  });
}

/** A statement ran for long while others waited. */
export function statementHeldOthers(milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: 'canceling statement because other catalog queries wait for it',
    detail: `A catalog query may run for ${milliseconds} ms when others wait.`,
    hint: 'Ask for less at once, or have the shared timeout of the catalog raised.',
  });
}

/** A user's statements ended PostgreSQL again and again. */
export function endedTooOften(by: 'user' | 'address', milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: `too many catalog queries of this ${by} had to be ended`,
    hint: `Ask again in ${Math.ceil(milliseconds / 1000)} seconds, and for less at once.`,
  });
}

/** A client is called as a role that PostgreSQL itself has, and that nobody logs in as. */
export function roleIsBuiltIn(role: string, severity: 'ERROR' | 'FATAL' = 'ERROR'): PgError {
  return new PgError({
    severity,
    sqlstate: sqlstate.invalid_authorization_specification,
    message: `role "${role}" is not permitted to log in`,
    detail: 'PostgreSQL has a role of that name itself.',
    hint: 'Connect as a user of another name.',
  });
}

/** What V8 says of a stack that is full. */
const stackIsFull = 'Maximum call stack size exceeded';

/**
 * PostgreSQL ended under a statement. It measures a stack of its own; where it uses only JavaScript's (it checks a text that shall
 * be json), that is full first.
 */
export function engineDied(reason: string): PgError {
  if (reason === stackIsFull) {
    return new PgError({
      sqlstate: sqlstate.statement_too_complex,
      message: 'stack depth limit exceeded',
      hint: 'Ask for what is nested less deeply.',
    });
  }
  return new PgError({
    sqlstate: sqlstate.system_error,
    message: 'the catalog engine ended while it ran this statement',
    detail: reason,
    hint: 'The next catalog query starts a new one.',
  });
}

/** A statement wanted more memory than there is for it. */
export function engineOutOfMemory(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.system_error,
    message: 'the catalog engine ran out of memory',
    detail: `It may use ${limit} bytes.`,
    hint: 'Ask for less at once, or have the limit of the catalog raised.',
  });
}

/** PostgreSQL could not be started. */
export function engineNotStarted(reason: string): PgError {
  return new PgError({
    sqlstate: sqlstate.system_error,
    message: 'the catalog engine could not be started',
    detail: reason,
    hint: 'See whether @electric-sql/pglite is installed and whether there is memory for it.',
  });
}

/** An answer is longer than what is kept of one. */
export function resultTooLarge(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'result of a catalog query is too large',
    detail: `It may have ${limit} bytes.`,
    hint: 'Select fewer rows or columns, or add LIMIT.',
  });
}

/** The catalog was closed while, or before, it was asked. */
export function catalogClosed(): PgError {
  return new PgError({ sqlstate: sqlstate.admin_shutdown, message: 'the catalog is closed' });
}

/** As many databases are being asked as may be at once. */
export function tooManyEngines(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.too_many_connections,
    message: 'too many databases are asked about their catalogs at once',
    detail: `There can be ${limit}.`,
    hint: 'Ask again, or have the limit of the catalog raised.',
  });
}
