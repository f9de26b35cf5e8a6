import type { PgError } from '@riffq/wire';
import { asFatal, toPgError } from '../errors.js';
import type { ClientSession } from './client-session.js';

/** What the host wants its client to see of an error. */
export function errorForClient(session: ClientSession, cause: unknown): PgError {
  const error = toPgError(cause);
  try {
    const replacement = session.host.onError(cause, session);
    if (replacement === undefined) return error;
    // What ends the session ends it by any name.
    return error.severity === 'ERROR' ? toPgError(replacement) : asFatal(toPgError(replacement));
  } catch (failure) {
    session.host.logger.error({ err: failure, connectionId: session.connectionId }, 'onError failed');
    return error;
  }
}
