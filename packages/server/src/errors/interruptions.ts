import { PgError, sqlstate } from '@riffq/wire';

export function canceled(): PgError {
  return new PgError({ sqlstate: sqlstate.query_canceled, message: 'canceling statement due to user request' });
}

/** Nobody is told, so that one is enough for all clients that leave. */
export const clientGone = Object.freeze(
  new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.connection_failure,
    message: 'the client closed the connection',
  }),
);

export function shuttingDown(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.admin_shutdown,
    message: 'terminating connection due to administrator command',
  });
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

/** The client took too long to say who it is. */
export function authenticationTimeout(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.query_canceled,
    message: 'canceling authentication due to timeout',
  });
}
