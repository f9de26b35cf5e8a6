import { PgError, sqlstate } from '@riffq/wire';
import type { Statement } from '../sql/statement.js';

/** Anything but a transaction's end in a failed block. */
export function inFailedBlock(): PgError {
  return new PgError({
    sqlstate: sqlstate.in_failed_sql_transaction,
    message: 'current transaction is aborted, commands ignored until end of transaction block',
  });
}

/** What writes in a READ ONLY transaction. */
export function inReadOnlyTransaction(command: string): PgError {
  return new PgError({
    sqlstate: sqlstate.read_only_sql_transaction,
    message: `cannot execute ${command} in a read-only transaction`,
  });
}

export function requiresBlock(statement: string): PgError {
  return new PgError({
    sqlstate: sqlstate.no_active_sql_transaction,
    message: `${statement} can only be used in transaction blocks`,
  });
}

export function noSuchStatement(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.invalid_sql_statement_name,
    message: name === '' ? 'unnamed prepared statement does not exist' : `prepared statement "${name}" does not exist`,
  });
}

export function duplicateStatement(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.duplicate_prepared_statement,
    message: `prepared statement "${name}" already exists`,
  });
}

export function noSuchPortal(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_cursor_name, message: `portal "${name}" does not exist` });
}

export function noSuchCursor(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_cursor_name, message: `cursor "${name}" does not exist` });
}

export function duplicateCursor(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.duplicate_cursor, message: `cursor "${name}" already exists` });
}

/** PostgreSQL's grammar has no statement of this kind inside of `sql`. */
export function misplacedStatement(sql: string, inner: Statement): PgError {
  return new PgError({
    sqlstate: sqlstate.syntax_error,
    message: `syntax error at or near "${inner.sql.slice(0, inner.keyword.length)}"`,
    position: [...sql.slice(0, inner.offset)].length + 1,
  });
}

/** A portal that would close itself. */
export function activePortal(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_cursor_state, message: `cannot drop active portal "${name}"` });
}

/** A portal that failed, ran a command, or is at work. */
export function cannotBeRun(name: string): PgError {
  return new PgError({
    sqlstate: sqlstate.object_not_in_prerequisite_state,
    message: `portal "${name}" cannot be run`,
  });
}

/** FETCH or MOVE would go back. Rows come from their source once, whatever was declared. */
export function forwardOnly(name: string, declaredScroll: boolean): PgError {
  if (declaredScroll) {
    return new PgError({
      sqlstate: sqlstate.feature_not_supported,
      message: `cursor "${name}" cannot go back`,
      hint: 'Cursors of this server give their rows once, in order.',
    });
  }
  return new PgError({
    sqlstate: sqlstate.object_not_in_prerequisite_state,
    message: 'cursor can only scan forward',
    hint: 'Declare it with SCROLL option to enable backward scan.',
  });
}

/** A client wants another user's statement cancelled, or session ended. */
export function notYourSession(kind: 'cancel' | 'terminate'): PgError {
  const [what, object, done] =
    kind === 'cancel' ? ['cancel query', 'query', 'canceled'] : ['terminate process', 'process', 'terminated'];
  return new PgError({
    sqlstate: sqlstate.insufficient_privilege,
    message: `permission denied to ${what}`,
    detail: `Only roles with privileges of the role whose ${object} is being ${done} or with privileges of the "pg_signal_backend" role may ${kind} this ${object}.`,
  });
}

/** A session cannot have ended before now. */
export function negativeTimeout(): PgError {
  return new PgError({ sqlstate: sqlstate.numeric_value_out_of_range, message: '"timeout" must not be negative' });
}

/** The client sent something that has no place here. */
export function protocolViolation(message: string, severity: 'ERROR' | 'FATAL' = 'ERROR'): PgError {
  return new PgError({ severity, sqlstate: sqlstate.protocol_violation, message });
}
