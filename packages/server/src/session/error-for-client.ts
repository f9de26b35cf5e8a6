import { types } from 'node:util';
import type { PgError } from '@riffq/wire';
import { disown } from '../awaitable.js';
import { asFatal, toPgError } from '../errors/to-pg-error.js';
import type { Session } from '../session.js';
import type { SessionHost } from './session-host.js';

/** What the host wants its client to see of an error. */
export function errorForClient(session: Session & { readonly host: SessionHost }, cause: unknown): PgError {
  const error = toPgError(cause);
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
