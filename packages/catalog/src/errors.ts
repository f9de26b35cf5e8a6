import { BufferReader, type ErrorFields, PgError, sqlstate } from '@riffq/wire';

/** A statement ran longer than the watchdog allows. */
export function statementOverran(milliseconds: number): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: 'canceling statement due to statement timeout',
    detail: `A catalog query may run for ${milliseconds} ms.`,
    hint: 'Ask for less at once, or have the limit of the catalog raised.',
  });
}

/** PostgreSQL ended under a statement. */
export function engineDied(reason: string): PgError {
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

/** A statement that is no reading of the catalog came to the engine. */
export function notAReadingStatement(keyword: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: keyword === '' ? 'this is no statement of the catalog' : `${keyword} is not supported on the catalog`,
    hint: 'The catalog is read with SELECT, WITH, VALUES, TABLE, SHOW and EXPLAIN, one statement at a time.',
  });
}

/** An object of the source has an OID that PostgreSQL gave to one of its own. */
export function oidIsBuiltIn(oid: number, object: string, builtIn: string): PgError {
  return new PgError({
    sqlstate: sqlstate.duplicate_object,
    message: `OID ${oid} of ${object} belongs to the built-in ${builtIn}`,
    hint: 'Give objects of your own OIDs from 16384 on.',
  });
}

const fieldNames: Readonly<Record<string, keyof ErrorFields>> = {
  M: 'message',
  D: 'detail',
  H: 'hint',
  W: 'where',
  s: 'schema',
  t: 'table',
  c: 'column',
  d: 'dataType',
  n: 'constraint',
  C: 'sqlstate',
};

/** The error that PostgreSQL sent. The severity is ERROR: nothing that goes wrong in the engine ends a session. */
export function errorOfResponse(body: Uint8Array): PgError {
  const reader = new BufferReader(body, 'ErrorResponse');
  const fields: Record<string, string> = {};
  let position: number | undefined;
  for (let code = reader.byte(); code !== 0; code = reader.byte()) {
    const letter = String.fromCharCode(code);
    const value = reader.cstring();
    const name = fieldNames[letter];
    if (name !== undefined) fields[name] = value;
    if (letter === 'P') position = Number(value);
  }
  return new PgError({ message: '', ...fields, ...(position === undefined ? {} : { position }) });
}
