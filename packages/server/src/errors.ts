import { isPgError, isSqlstate, PgError, sqlstate } from '@riffq/wire';

/** What the host program did wrong, by code; `docs/reference/errors.md` explains each. */
export const riffqErrorCodes = {
  RIFFQ_ERR_LISTEN_ADDRESS: 'the listen address cannot be used',
  RIFFQ_ERR_ALREADY_STARTED: 'the server is listening already or has been closed',
  RIFFQ_ERR_TLS_CERTIFICATE: 'the certificate or its key cannot be used',
  RIFFQ_ERR_TLS_NOT_SET: 'TLS was asked for, but no certificate has been set',
  RIFFQ_ERR_LIMIT: 'a limit is none that can be held',
  RIFFQ_ERR_AUTHENTICATION: 'there is no such authentication method',
  RIFFQ_ERR_NOTIFICATION: 'a notification has a channel or a payload that no client can be sent',
  RIFFQ_ERR_CATALOG_REGISTRATION: 'a database, schema or table cannot be registered',
} as const;

/** The codes of {@link RiffqError}. */
export type RiffqErrorCode = keyof typeof riffqErrorCodes;

/** Tells the host program what it did wrong; clients never see it. */
export class RiffqError extends Error {
  readonly code: RiffqErrorCode;

  constructor(code: RiffqErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'RiffqError';
    this.code = code;
  }
}

/** A server listens once. */
export function alreadyStarted(): RiffqError {
  return new RiffqError('RIFFQ_ERR_ALREADY_STARTED', 'the server is listening already or has been closed');
}

/** A limit that would keep everybody out, or that no number can be compared with. */
export function unusableLimit(name: string, value: unknown, least: number): RiffqError {
  return new RiffqError(
    'RIFFQ_ERR_LIMIT',
    `limits.${name} is ${String(value)}: it has to be a number of at least ${least}`,
  );
}

/** Fields of an error that go to the client as they are. */
const textFields = ['detail', 'hint', 'where', 'schema', 'table', 'column', 'dataType', 'constraint'] as const;

/**
 * Makes what a handler threw, or gave to its callback, into what its client gets. A `sqlstate` or `code` counts only if its
 * class is PostgreSQL's (`EPIPE` has five characters too), and a `severity` if it ends the session; stack and cause are for
 * the logger alone.
 */
export function toPgError(error: unknown): PgError {
  try {
    if (!isPgError(error)) return readError(error);
    return isSqlstate(error.sqlstate) ? error : new PgError({ ...error.fields, sqlstate: sqlstate.internal_error });
  } catch (cause) {
    // A getter, or a proxy, may throw whatever it is asked.
    return new PgError({ message: 'unknown error', cause });
  }
}

function readError(error: unknown): PgError {
  if (typeof error !== 'object' || error === null) {
    return new PgError({
      message: typeof error === 'string' ? error : `the handler threw ${String(error)}`,
      cause: error,
    });
  }
  const field = (name: string): unknown => Reflect.get(error, name);
  const text = (name: string): string | undefined => {
    const value = field(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const severity = field('severity');
  const position = Number(field('position'));
  const given = textFields.flatMap((name) => {
    const value = text(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return new PgError({
    severity: severity === 'FATAL' || severity === 'PANIC' ? severity : 'ERROR',
    sqlstate: [field('sqlstate'), field('code')].find(isSqlstate) ?? sqlstate.internal_error,
    message: text('message') ?? 'unknown error',
    ...Object.fromEntries(given),
    ...(Number.isInteger(position) && position > 0 ? { position } : {}),
    // Plain fields were chosen for the client: there is nothing more to log.
    cause: error instanceof Error ? error : field('cause'),
  });
}

/** The same error as the end of a session. */
export function asFatal(error: PgError): PgError {
  return error.severity === 'ERROR' ? new PgError({ ...error.fields, severity: 'FATAL' }) : error;
}

/** A handler ended without answering. */
export function noAnswer(): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'handleQuery finished without an answer',
    hint: 'Return a result from handleQuery, or call the callback.',
  });
}

/** Rows without a single column cannot be described. */
export function noColumns(): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'the result has no columns',
    hint: 'Answer with toArrow(schema, []) or { schema, batches } when there are no rows.',
  });
}

/** A handler answered with something that is no result. */
export function unusableResult(kind: string): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: `handleQuery answered with ${kind}, which is not a result`,
    hint: 'Answer with Arrow data, rows of plain objects, [schema, rows], tag(...), rows(...), encodedRows(...) or COPY data.',
  });
}

/** Bytes that are no Arrow IPC data, or not all of them. */
export function brokenIpc(detail: string, cause: unknown): PgError {
  return new PgError({
    sqlstate: sqlstate.internal_error,
    message: 'the Arrow IPC data are cut short or damaged',
    detail,
    hint: 'Answer with all bytes of an IPC stream or file.',
    cause,
  });
}

/** Bytes that apache-arrow cannot read without the codec. */
export function compressedIpc(cause: unknown): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'the Arrow IPC data are compressed, and there is no codec to read them',
    hint: 'Write them without compression, or register a codec with compressionRegistry of apache-arrow.',
    cause,
  });
}

/** Anything but a transaction's end in a failed block. */
export function inFailedBlock(): PgError {
  return new PgError({
    sqlstate: sqlstate.in_failed_sql_transaction,
    message: 'current transaction is aborted, commands ignored until end of transaction block',
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

/** The client sent something that has no place here. */
export function protocolViolation(message: string, severity: 'ERROR' | 'FATAL' = 'ERROR'): PgError {
  return new PgError({ severity, sqlstate: sqlstate.protocol_violation, message });
}

/** Nobody is told, so that one is enough for all clients that leave. */
export const clientGone = Object.freeze(
  new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.connection_failure,
    message: 'the client closed the connection',
  }),
);

export function canceled(): PgError {
  return new PgError({ sqlstate: sqlstate.query_canceled, message: 'canceling statement due to user request' });
}

/** A statement ran longer than the session allows. */
export function statementTimeout(): PgError {
  return new PgError({
    sqlstate: sqlstate.query_canceled,
    message: 'canceling statement due to statement timeout',
  });
}

/** The client was silent for longer than the session allows, outside of a transaction block. */
export function idleTimeout(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.idle_session_timeout,
    message: 'terminating connection due to idle-session timeout',
  });
}

/** The same, in a transaction block. */
export function idleInTransactionTimeout(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.idle_in_transaction_session_timeout,
    message: 'terminating connection due to idle-in-transaction timeout',
  });
}

/** A transaction lasted longer than the session allows. */
export function transactionTimeout(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.transaction_timeout,
    message: 'terminating connection due to transaction timeout',
  });
}

/** A client that takes nothing must not make us keep everything that others tell it. */
export function tellsTooMuch(bytes: number): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.program_limit_exceeded,
    message: 'terminating connection because too many messages wait to be read',
    detail: `Notices and notifications of more than ${bytes} bytes are waiting.`,
    hint: 'Read while statements run, or listen to less.',
  });
}

export function tooManyStatements(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: 'too many prepared statements',
    detail: `A session can have ${limit}.`,
    hint: 'Close, or DEALLOCATE, those that are not needed any more.',
  });
}

export function tooManyPortals(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.configuration_limit_exceeded,
    message: 'too many open cursors',
    detail: `A session can have ${limit}.`,
    hint: 'Close those that are not needed any more.',
  });
}

/** A result has more rows, or more bytes, than the host lets one statement answer. */
export function resultTooLarge(limit: string): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `the result has more than ${limit}`,
    hint: 'Ask for less, with LIMIT or in portions.',
  });
}

/** Every place is taken. */
export function tooManyClients(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.too_many_connections,
    message: 'sorry, too many clients already',
  });
}

/** Places are left for others. */
export function onlyReservedLeft(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.too_many_connections,
    message: 'remaining connection slots are reserved',
  });
}

export function tooManyOfAddress(address: string): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.too_many_connections,
    message: `too many connections for address "${address}"`,
  });
}

/** The client took too long to say who it is. */
export function authenticationTimeout(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.query_canceled,
    message: 'canceling authentication due to timeout',
  });
}

export function shuttingDown(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.admin_shutdown,
    message: 'terminating connection due to administrator command',
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

export function cannotDescribe(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'cannot describe a statement that may write without running it',
    hint: 'implement handleDescribe',
  });
}

export function changedResultType(): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: 'cached plan must not change result type',
  });
}

export function noSuchCursor(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.invalid_cursor_name, message: `cursor "${name}" does not exist` });
}

export function duplicateCursor(name: string): PgError {
  return new PgError({ sqlstate: sqlstate.duplicate_cursor, message: `cursor "${name}" already exists` });
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

/** A cursor WITH HOLD has more rows left than are kept across the end of its transaction. */
export function heldRowsTooLarge(limit: number): PgError {
  return new PgError({
    sqlstate: sqlstate.program_limit_exceeded,
    message: `the rows of a cursor WITH HOLD exceed ${limit / 1024 ** 2} MiB`,
    hint: 'Fetch the rows before the transaction ends, or declare the cursor WITHOUT HOLD.',
  });
}

export function requiresBlock(statement: string): PgError {
  return new PgError({
    sqlstate: sqlstate.no_active_sql_transaction,
    message: `${statement} can only be used in transaction blocks`,
  });
}
