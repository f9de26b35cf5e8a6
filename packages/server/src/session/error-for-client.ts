import { types } from 'node:util';
import { ImpossibleLengthError, isPgError, PgError } from '@riffq/wire';
import { disown } from '../awaitable.js';
import { asFatal, toPgError } from '../errors/to-pg-error.js';
import type { Session } from '../session.js';
import type { SessionHost } from './session-host.js';

type HostedSession = Session & { readonly host: SessionHost };

/** What the host wants its client to see of an error, `error` unless `onError` says otherwise. */
export function errorForClient(session: HostedSession, cause: unknown, error = toPgError(cause)): PgError {
  try {
    const replacement = session.host.onError(cause, session);
    if (replacement === undefined) return error;
    if (types.isPromise(replacement)) {
      disown(replacement);
      const failure = new TypeError('onError has to answer at once, not with a promise');
      session.host.logger.error({ err: failure, connectionId: session.connectionId }, 'onError failed');
    }
    // What ends the session ends it by any name.
    return error.severity === 'ERROR' ? toPgError(replacement) : asFatal(toPgError(replacement));
  } catch (failure) {
    session.host.logger.error({ err: failure, connectionId: session.connectionId }, 'onError failed');
    return error;
  }
}

/**
 * What a client gets when its connection object cannot be made: it has not shown who it is, so that only a PgError is meant for
 * it. The host's log has the reason.
 */
export function unopened(session: HostedSession, cause: unknown): PgError {
  const { host, connectionId } = session;
  host.logger.error({ err: cause, connectionId }, 'a connection object could not be made');
  const error = isPgError(cause)
    ? asFatal(toPgError(cause))
    : new PgError({ severity: 'FATAL', message: 'the session could not be opened' });
  return errorForClient(session, cause, error);
}

/** Whether a client has sent what is no message: PostgreSQL has no word for it. */
export function isForLogAlone(cause: unknown): boolean {
  // Asked in this order, as a proxy may throw whatever it is asked.
  return isPgError(cause) && cause instanceof ImpossibleLengthError;
}
