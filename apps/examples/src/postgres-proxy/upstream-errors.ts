import { PgError, sqlstate } from '@riffq/wire';

/** What a client is told of the session with the server behind the proxy. */
export function upstreamGone(): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.admin_shutdown,
    message: 'terminating connection because the upstream server is gone',
  });
}

export function refusedAuthentication(error: unknown): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.invalid_authorization_specification,
    message: 'the upstream server cannot be given the password',
    detail: messageOf(error),
  });
}

export function unreadableMessage(error: unknown): PgError {
  return new PgError({
    severity: 'FATAL',
    sqlstate: sqlstate.protocol_violation,
    message: 'terminating connection because the upstream server sent a message that cannot be read',
    detail: messageOf(error),
    cause: error,
  });
}

export function unsupportedEncoding(encoding: string): PgError {
  return new PgError({
    sqlstate: sqlstate.feature_not_supported,
    message: `client_encoding "${encoding}" is not supported`,
    hint: 'Use client_encoding UTF8.',
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
